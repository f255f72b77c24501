"""What the viewer has chosen in the top bar: whose people, which plan, which measurement year, and as it was on which day. It stands in the
query string of every page."""

import functools
import re
from dataclasses import dataclass, field
from datetime import date
from urllib.parse import parse_qs, parse_qsl, urlencode

from flask import g, has_request_context, request

KINDS = ("group", "practice", "panel")  # of a scope; a panel is a clinician in a practice
ROUTING = "_pages_location"  # Dash's own component, which holds the address of the page that is shown


class BadSelection(ValueError):
    """The query string names a scope, plan, year or day in a form that no page of ours writes."""


def _same_day() -> date | None:
    """The day whose screens this request shows: links lead to the same day."""
    return g.selection.as_of if has_request_context() and "selection" in g else None


def _same_version() -> str | None:
    return g.selection.version if has_request_context() and "selection" in g else None


@dataclass(frozen=True)
class Selection:
    """kind and value of the scope ('' = all of the viewer's people), contract (None = all plans), period (None = the current year),
    as_of: the past day whose version is shown (None = now; unless said, the day that the request shows), version: which version of that day
    (None = its last)."""
    kind: str = ""
    value: str = ""
    contract: int | None = None
    period: int | None = None
    as_of: date | None = field(default_factory=_same_day)
    version: str | None = field(default_factory=_same_version)

    @property
    def plan(self) -> str:
        """The contract as text, as the roll-ups know it: 'all' = all plans."""
        return "all" if self.contract is None else str(self.contract)

    def values(self) -> dict[str, str]:
        """The values that stand in the query string."""
        return dict(self._values)

    @functools.cached_property
    def _values(self) -> dict[str, str]:
        chosen = {"scope": f"{self.kind}:{self.value}" if self.kind else "", "plan": self.contract, "year": self.period, "as_of": self.as_of,
                  "version": self.version}
        return {name: str(value) for name, value in chosen.items() if value not in ("", None)}

    def address(self, path: str, **values) -> str:
        """A path with this selection and further values of the page; what is None or '' stays out."""
        kept = self._values | values
        query = _query(tuple((name, str(value)) for name, value in kept.items() if value is not None and value != ""))
        return f"{path}?{query}" if query else path


@functools.lru_cache(maxsize=4096)  # a list of fifty patients has hundreds of links with few different queries
def _query(kept: tuple[tuple[str, str], ...]) -> str:
    return urlencode(kept)


def selection_of(query: str) -> Selection:
    """The selection of a query string; BadSelection unless scope, plan, year and day are well formed."""
    given = parse_qs(query.removeprefix("?"), keep_blank_values=True)
    chosen = {name: given.get(name, [""]) for name in ("scope", "plan", "year", "as_of", "version")}
    if any(len(values) > 1 for values in chosen.values()):
        raise BadSelection
    scope, plan, year, day, version = (values[0] for values in chosen.values())
    kind, _, value = scope.partition(":")
    if scope and (kind not in KINDS or not value or len(value) > 80):
        raise BadSelection
    if version and not (day and re.fullmatch(r"[0-9]{6,12}", version)):
        raise BadSelection
    return Selection(kind, value, _number(plan), _number(year), _day(day), version or None)


def _day(text: str) -> date | None:
    if text and not re.fullmatch(r"[12][0-9]{3}-[01][0-9]-[0-3][0-9]", text):
        raise BadSelection
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise BadSelection from None


def _number(text: str) -> int | None:
    if text and not (text.isascii() and text.isdigit() and len(text) < 11):
        raise BadSelection
    return int(text) if text else None


def current_selection() -> Selection:
    """The selection of this request: of the page that is asked for, or of the page from which a callback comes.

    A callback takes part when it has State("_pages_location", "search"). The guard has checked it before a page sees it.
    """
    try:
        return g.selection  # hundreds of links of a page ask for it
    except (AttributeError, RuntimeError):
        if not has_request_context():
            return Selection()
    g.selection = selection_of(sent_query())
    return g.selection


def sent_query() -> str:
    """The query string that this request stands for."""
    if not request.path.startswith("/_dash"):
        return request.query_string.decode("utf-8", "replace")
    body = request.get_json(silent=True, force=True) if request.method == "POST" else None
    sent = [*body.get("inputs", []), *body.get("state", [])] if isinstance(body, dict) else []
    return next((item["value"] for item in sent if item["id"] == ROUTING and item["property"] == "search" and isinstance(item.get("value"), str)), "")


def same_screen(as_of: date | None) -> str:
    """The query string of this screen as it was on another day; None: as it is now."""
    kept = [(name, value) for name, value in parse_qsl(sent_query().removeprefix("?")) if name not in ("as_of", "version")]
    return "?" + urlencode([*kept, *([("as_of", str(as_of))] if as_of else [])])


def address(path: str, **values) -> str:
    """A path of ours that keeps what the top bar selects, with further values of the page."""
    return current_selection().address(path, **values)

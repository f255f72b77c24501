"""What the viewer has chosen in the top bar: whose people, which plan, which measurement year. It stands in the query string of every page."""

from dataclasses import dataclass
from urllib.parse import parse_qs, urlencode

from flask import g, has_request_context, request

KINDS = ("group", "practice", "panel")  # of a scope; a panel is a clinician in a practice
ROUTING = "_pages_location"  # Dash's own component, which holds the address of the page that is shown


class BadSelection(ValueError):
    """The query string names a scope, plan or year in a form that no page of ours writes."""


@dataclass(frozen=True)
class Selection:
    """kind and value of the scope ('' = all of the viewer's people), contract (None = all plans), period (None = the current year)."""
    kind: str = ""
    value: str = ""
    contract: int | None = None
    period: int | None = None

    @property
    def plan(self) -> str:
        """The contract as text, as the roll-ups know it: 'all' = all plans."""
        return "all" if self.contract is None else str(self.contract)

    def values(self) -> dict[str, str]:
        """The values that stand in the query string."""
        chosen = {"scope": f"{self.kind}:{self.value}" if self.kind else "", "plan": self.contract, "year": self.period}
        return {name: str(value) for name, value in chosen.items() if value not in ("", None)}

    def address(self, path: str, **values) -> str:
        """A path with this selection and further values of the page; what is None or '' stays out."""
        kept = self.values() | values
        kept = {name: value for name, value in kept.items() if value not in ("", None)}
        return f"{path}?{urlencode(kept)}" if kept else path


def selection_of(query: str) -> Selection:
    """The selection of a query string; BadSelection unless scope, plan and year are well formed."""
    given = parse_qs(query.removeprefix("?"), keep_blank_values=True)
    chosen = {name: given.get(name, [""]) for name in ("scope", "plan", "year")}
    if any(len(values) > 1 for values in chosen.values()):
        raise BadSelection
    scope, plan, year = (values[0] for values in chosen.values())
    kind, _, value = scope.partition(":")
    if scope and (kind not in KINDS or not value or len(value) > 80):
        raise BadSelection
    return Selection(kind, value, _number(plan), _number(year))


def _number(text: str) -> int | None:
    if text and not (text.isascii() and text.isdigit() and len(text) < 11):
        raise BadSelection
    return int(text) if text else None


def current_selection() -> Selection:
    """The selection of this request: of the page that is asked for, or of the page from which a callback comes.

    A callback takes part when it has State("_pages_location", "search"). The guard has checked it before a page sees it.
    """
    if not has_request_context():
        return Selection()
    if "selection" not in g:
        g.selection = selection_of(sent_query())
    return g.selection


def sent_query() -> str:
    """The query string that this request stands for."""
    if not request.path.startswith("/_dash"):
        return request.query_string.decode("utf-8", "replace")
    body = request.get_json(silent=True, force=True) if request.method == "POST" else None
    sent = [*body.get("inputs", []), *body.get("state", [])] if isinstance(body, dict) else []
    return next((item["value"] for item in sent if item["id"] == ROUTING and item["property"] == "search" and isinstance(item.get("value"), str)), "")


def address(path: str, **values) -> str:
    """A path of ours that keeps what the top bar selects, with further values of the page."""
    return current_selection().address(path, **values)

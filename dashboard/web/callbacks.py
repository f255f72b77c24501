"""Every value of a callback is the sender's invention: check its form before Dash and the pages see it."""

from flask import Request, abort, current_app

from dashboard.access.selection import ROUTING
from dashboard.errors import NotKept
from dashboard.web import guard


def check(request: Request) -> None:
    """404 (and an audit row) for a callback that does not exist or is not sent as declared; pages go through check_page."""
    body = request.get_json(silent=True, force=True)
    declared = _declared(body.get("output")) if isinstance(body, dict) else None
    if declared is None or not _fits(body, declared):
        guard.refuse("callback")
    place = {item["property"]: item.get("value") for item in [*body["inputs"], *body.get("state", [])] if item["id"] == ROUTING}
    if not all(isinstance(value, str) for value in place.values()):
        guard.refuse("callback")
    if place.get("pathname") == "/":
        abort(404)  # the guard sends "/" on to a page; a browser never asks this
    try:
        guard.check_selection()
    except NotKept:
        return None if "pathname" in place else abort(404)  # the frame says so; no page is drawn
    if "pathname" in place:
        guard.check_page(place["pathname"])


def _declared(output) -> dict | None:
    declared = current_app.extensions["callbacks"].get(output) if isinstance(output, str) else None
    return declared if declared and "callback" in declared else None  # what a browser does by itself is no business of the server


def _fits(body: dict, declared: dict) -> bool:
    changed = body.get("changedPropIds", [])
    return (_names(body.get("inputs")) == _names(declared["inputs"]) and _names(body.get("state", [])) == _names(declared["state"])
            and _output(body.get("outputs")) == body["output"] and isinstance(changed, list) and all(isinstance(one, str) for one in changed))


def _names(items) -> list | None:
    if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
        return None
    return [(str(item.get("id")), str(item.get("property"))) for item in items]


def _output(outputs) -> str | None:
    """The name that Dash gives to a callback with these outputs."""
    names = _names(outputs if isinstance(outputs, list) else [outputs])
    if not names:
        return None
    joined = [f"{identity}.{prop}" for identity, prop in names]
    return f"..{'...'.join(joined)}.." if isinstance(outputs, list) else joined[0]

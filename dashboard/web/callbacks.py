"""Every value of a callback is the sender's invention: check its form before Dash and the pages see it."""

from flask import Request, abort, current_app

from dashboard.web import guard


def check(request: Request) -> None:
    """404 (and an audit row) for a callback that does not exist or does not have the declared inputs; pages go through check_page."""
    body = request.get_json(silent=True, force=True)
    declared = current_app.extensions["callbacks"].get(body.get("output")) if isinstance(body, dict) and _text(body.get("output")) else None
    if declared is None or not _fits(body, declared):
        guard.refuse("callback")
    pathname = next((item.get("value") for item in body["inputs"] if item.get("id") == "_pages_location" and item["property"] == "pathname"), None)
    if pathname == "/":
        abort(404)  # the guard sends "/" on to a page; a browser never asks this
    if pathname is not None:
        guard.check_page(pathname)


def _text(value) -> bool:
    return isinstance(value, str)


def _fits(body: dict, declared: dict) -> bool:
    inputs, state = body.get("inputs"), body.get("state") or []
    return (_names(inputs) == _names(declared["inputs"]) and _names(state) == _names(declared["state"])
            and isinstance(body.get("changedPropIds", []), list) and all(map(_text, body.get("changedPropIds", [])))
            and all(_text(item.get("value", "")) or item.get("value") is None for item in inputs if item["id"] == "_pages_location"))


def _names(items) -> list | None:
    if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
        return None
    return [(str(item.get("id")), str(item.get("property"))) for item in items]

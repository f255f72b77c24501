"""Forms that are sent as a whole and answered with a page: they need no script."""


from dashboard.access.selection import current_selection
from dashboard.components.elements import dbc, dcc, html
from dashboard.web.sign_in import csrf_token


def field(name: str, label: str, *, kind: str = "text", value: str = "", complete: str = "off", need: bool = True, owner: str = "") -> html.Div:
    """A labelled line to fill in. owner: tells apart the fields of several forms of a page."""
    identity = f"form-{owner}-{name}" if owner else f"form-{name}"
    line = dcc.Input(id=identity, name=name, type=kind, value=value, autoComplete=complete, required=need, className="form-control")
    return html.Div([html.Label(label, htmlFor=identity), line], className="field")


def pick(name: str, label: str, choices: list[tuple[str, str]], *, owner: str = "", value: str | None = None, blank: str = "") -> html.Div:
    """A labelled choice of (value, words); value: the one chosen at first, else the first. blank: nothing is chosen at first, in these words."""
    identity = f"form-{owner}-{name}" if owner else f"form-{name}"
    options = [{"value": value, "label": words} for value, words in choices]
    first = {"placeholder": blank, "value": "", "required": True} if blank else {"value": choices[0][0] if value is None else value}
    choice = dbc.Select(id=identity, name=name, options=options, **first)
    return html.Div([html.Label(label, htmlFor=identity), choice], className="field")


def form(action: str, button: str | list, identity: str, fields: list, hidden: dict[str, str] | None = None, *, files: bool = False) -> html.Form:
    """A form with the session's token; where the past is shown, words in its place: nothing can be changed there.

    button: the words of its one button, or several buttons. files: a file may come along.
    """
    if current_selection().as_of:
        return html.P("Off while the past is shown.", className="quiet")
    sent = {"csrf_token": csrf_token(), **(hidden or {})}
    kept = [dcc.Input(id=f"{identity}-{name}", type="hidden", name=name, value=value) for name, value in sent.items()]
    buttons = button if isinstance(button, list) else [html.Button(button, type="submit", className="btn btn-outline-primary")]
    sends = {"encType": "multipart/form-data"} if files else {}
    return html.Form([*kept, *fields, *buttons], method="post", action=action, className="form", **sends)

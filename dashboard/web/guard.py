"""Deny by default: every request passes here, and what is not allowed by name is refused.

What one may not see answers 404, like what is not there, and leaves a row in the audit log.
"""

import logging
from urllib.parse import quote

import dash
from flask import Flask, abort, current_app, g, redirect, render_template, request
from flask_login import current_user
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as SQLAlchemyTimeout
from werkzeug.exceptions import HTTPException

from dashboard import logs
from dashboard.access import audit, patients, rules
from dashboard.access.selection import BadSelection, current_selection
from dashboard.answers.proof import MOST_BYTES
from dashboard.database import OtherForm
from dashboard.errors import NotKept, NotPublished
from dashboard.house import house
from dashboard.queries import ask, reach_of, version_of
from dashboard.web import answering, callbacks, education, exports, forms, past, plan_word_forms, worklog_forms
from dashboard.web.sign_in import check_csrf

OPEN = ("/login", "/healthz", "/readyz", "/metrics")  # the last asks for its own token
OPEN_FOLDERS = ("/assets/",)
SIGNED_IN = (*forms.PATHS, "/logout", "/version", "/_dash-layout", "/_dash-dependencies", "/_dash-update-component", "/_favicon.ico", "/favicon.ico")
SIGNED_IN_FOLDERS = ("/_dash-component-suites/",)


# Program and published version of different days: an update was installed and no build has run since.
OLDER_BUILD = ("These numbers were made by another version of Huddleboard",
               "They cannot be shown by this one. Ask your administrator to run `huddleboard build`.")


STATE_GONE = ("The state database does not answer",
              "What you sent just now was NOT saved. Whatever was saved before is safe. Try again in a minute; it goes on by itself.")


def register(server: Flask) -> None:
    """Put the guard before every request and give errors a plain page."""
    server.before_request(_check)
    server.register_error_handler(HTTPException, _plain_page)
    server.register_error_handler(NotPublished, lambda _error: _message(503, "Nothing is published yet", str(_error.cure)))
    server.register_error_handler(NotKept, _not_kept)
    server.register_error_handler(DBAPIError, _state_gone)
    server.register_error_handler(SQLAlchemyTimeout, _state_gone)
    for kind in OtherForm:
        server.register_error_handler(kind, _older_build)


def _not_kept(error: NotKept):
    title, words, links = past.words(error)
    return render_template("message.html", title=title, text=words, links=links), 404


def _state_gone(error):
    """The state database does not answer: nothing of this request was kept, and all that was acknowledged before is."""
    logs.event("state database does not answer", logging.ERROR, kind=type(error).__name__)
    if request.path.startswith("/_") or (request.path in SIGNED_IN and request.method == "GET"):
        return {"error": STATE_GONE[0]}, 503
    return _message(503, *STATE_GONE)


def _older_build(error):
    current_app.logger.error("the published version has another form than this program asks for: %s", type(error).__name__)
    return _message(503, *OLDER_BUILD)


def know(server: Flask, app: dash.Dash) -> None:
    """Tell the guard which callbacks exist."""
    server.extensions["callbacks"] = app.callback_map


def _check():
    path, sent = request.path, (*answering.PATHS, *worklog_forms.PATHS, *education.PATHS, *plan_word_forms.PATHS)
    if path in OPEN or path.startswith(OPEN_FOLDERS):
        return check_csrf() if request.method not in ("GET", "HEAD") else None
    if not current_user.is_authenticated:
        return _ask_to_sign_in(path)
    if path == "/answer":
        request.max_content_length = MOST_BYTES + (1 << 20)  # a proof may come along
    if request.method not in ("GET", "HEAD"):
        check_csrf()
    if path == "/_dash-update-component":
        return callbacks.check(request)
    if path in (*forms.PATHS, *sent) and request.method != "POST":
        abort(405)
    if path in (*SIGNED_IN, *sent) or path.startswith((*SIGNED_IN_FOLDERS, answering.PROOF)):
        return None
    if path == "/":
        return redirect(first_page())
    check_selection()
    if path.startswith(exports.FOLDER):
        return None
    return check_page(path) or _check_published()


def _check_published() -> None:
    """NotPublished, with a page that says so, before a browser loads an application that has nothing to show."""
    house().reader.version()


def _ask_to_sign_in(path: str):
    if path.startswith("/_") or path in SIGNED_IN or request.method != "GET":
        abort(401)
    return redirect(f"/login?next={quote(request.full_path.rstrip('?'))}" if path != "/" else "/login")


def first_page() -> str:
    """Where a role begins: its first tab that exists."""
    pages = {name_of(page): page["path"] for page in dash.page_registry.values()}
    return next((pages[name] for name in rules.TABS[current_user.role] if name in pages and current_user.may_open(name)), "/account")


def name_of(page: dict) -> str:
    """The name of a page in the rules: `pages.panel` is panel."""
    return page["module"].rpartition(".")[2]


def check_selection() -> None:
    """404 and an audit row unless the scope, plan and year of the request's address exist and lie within the viewer's reach; NotKept
    where it asks for a day of which no version is here."""
    try:
        chosen = current_selection()
    except BadSelection:
        refuse("selection")
    if chosen.as_of:
        version_of(chosen.as_of)
    viewer = current_user._get_current_object()
    if chosen.kind and not reach_of(viewer).place(chosen):
        refuse("selection")
    if chosen.contract is not None and chosen.contract not in {row.contract for row in ask("contracts", viewer)}:
        refuse("selection")
    if chosen.period is not None and chosen.period not in {row.period for row in ask("periods", viewer)}:
        refuse("selection")


def check_page(path: str) -> None:
    """404 and an audit row unless the viewer's role may open the page and, for a patient's page, may see this patient."""
    for page in dash.page_registry.values():
        base = (page["path_template"] or "").partition("<")[0]
        g.screen = name_of(page)
        if path == page["path"] and not base:
            return None if rules.may_open(current_user.role, name_of(page)) else refuse(name_of(page))
        if base and path.startswith(base) and "/" not in path[len(base):]:
            if rules.may_open(current_user.role, name_of(page)) and patients.find(current_user, path[len(base):]):
                return None
            refuse(name_of(page))
    g.screen = "unknown"
    abort(404)


def refuse(page: str) -> None:
    """404 with an audit row."""
    audit.note(current_user._get_current_object(), "refused", page=page)
    abort(404)


_WORDS = {
    400: ("That did not work", ""),
    403: ("Not for your role", "Your role has no access to this page. Ask your administrator."),
    404: ("Nothing here for you", "There is no such page, or it shows people who are not in your care."),
    405: ("That did not work", "This address is not meant to be opened like that."),
    413: ("Too large", "The request is larger than this application takes."),
}


def _plain_page(error: HTTPException):
    if error.code is None or error.code < 400:
        return error
    if request.path.startswith("/_") or request.path in SIGNED_IN:
        return {"error": error.name}, error.code
    title, text = _WORDS.get(error.code, ("That did not work", "Load the page again. If it happens again, tell your administrator when."))
    return _message(error.code, title, text or error.description)


def _message(code: int, title: str, text: str):
    return render_template("message.html", title=title, text=text), code

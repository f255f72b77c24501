"""`ask`: the only way from a page to data. A question is a file of queries/page/."""

import functools
from collections import namedtuple

from flask import abort, g

from dashboard.access import Viewer, rules
from dashboard.build import sql
from dashboard.database import Reader
from dashboard.house import house
from dashboard.settings import QUERIES

SCOPE = "panels"  # the parameter that limits a question to the viewer's people; only `ask` binds it


def ask(name: str, viewer: Viewer, **parameters) -> list:
    """The rows of queries/page/<name>.sql as named tuples, limited to the viewer's people.

    404 when the viewer's role may not ask it: what one may not know looks like what is not there.
    """
    if SCOPE in parameters:
        raise TypeError(f"{SCOPE} is bound from the viewer's scope, never by a page")
    if not rules.may_ask(viewer.role, name):
        abort(404)
    if SCOPE in _question(name).named:
        parameters[SCOPE] = panels_of(viewer)
    return _rows(name, parameters)


def ask_one(name: str, viewer: Viewer, **parameters):
    """The first row, or None."""
    return next(iter(ask(name, viewer, **parameters)), None)


def panels_of(viewer: Viewer) -> list[int]:
    """The panels whose people the viewer may see in the served version; none for roles that work without people."""
    if viewer.role not in rules.PEOPLE or not viewer.scopes:
        return []
    values = {kind: [value for k, value in viewer.scopes if k == kind] for kind in ("clinician", "practice", "group")}
    return [row.panel for row in _rows("panels_in_scope", {
        "clinicians": values["clinician"], "practices": values["practice"], "groups": values["group"],
        "everything": ("organization", "") in viewer.scopes})]


class _Question:
    """A file of queries/page/: its text and the parameters that it names."""

    def __init__(self, name: str):
        self.path = QUERIES / "page" / f"{name}.sql"
        self.text = sql.relation(self.path).text
        self.named = sql.parameters(_cursor(), self.text)


@functools.cache
def _question(name: str) -> _Question:
    return _Question(name)


def _rows(name: str, parameters: dict) -> list:
    question = _question(name)
    surplus = parameters.keys() - question.named
    if surplus:
        raise TypeError(f"queries/page/{name}.sql has no parameter {', '.join(sorted(surplus))}")
    cursor = sql.execute(_cursor(), question.text, parameters, place=question.path)
    row = _row_type(name, tuple(column[0] for column in cursor.description))
    return [row(*values) for values in cursor.fetchall()]


@functools.cache
def _row_type(name: str, columns: tuple[str, ...]):
    return namedtuple(name, columns)


def _cursor():
    """The request's cursor: all questions of one request are answered by one version."""
    if "cursor" not in g:
        g.cursor_context = reader().cursor()
        g.cursor = g.cursor_context.__enter__()
    return g.cursor


def reader() -> Reader:
    """The reader of the application's home directory."""
    return house().reader


def close_cursor(_error=None) -> None:
    """End of a request."""
    context = g.pop("cursor_context", None)
    g.pop("cursor", None)
    if context is not None:
        context.__exit__(None, None, None)

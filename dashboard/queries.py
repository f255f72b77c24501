"""`ask`: the only way from a page to data. A question is a file of queries/page/."""

import functools
from collections import namedtuple
from datetime import date
from pathlib import Path

from flask import abort, g

from dashboard.access import Viewer, rules
from dashboard.access.reach import Reach
from dashboard.access.selection import Selection, current_selection
from dashboard.build import publish, sql
from dashboard.database import Reader
from dashboard.errors import NotKept
from dashboard.house import house
from dashboard.settings import QUERIES

SCOPE = "panels"  # the parameter that limits a question to the viewer's people; only `ask` binds it
PERSON = "person"  # a question about one person that does not name the scope is answered for the viewer's people only
PEOPLE = "people"  # a cohort's people, to which a list may be limited further
PAGES = 10  # of a list that are asked for together
CHOSEN = ("contract", "plan", "period")  # bound from the top bar's selection, unless a page says otherwise


def ask(name: str, viewer: Viewer, **parameters) -> list:
    """The rows of queries/page/<name>.sql as named tuples, limited to the viewer's people and to what the top bar selects.

    Binds by itself what the question names: $panels (the viewer's people within the selected scope; for the questions of rules.WHOLE all of
    them), $contract (NULL = all plans) or $plan ('all', or the contract as text) and $period (the measurement year). 404 when the viewer's
    role may not ask it: what one may not know looks like what is not there. A question that names $person and not $panels is asked only
    when `patient` finds the person within $panels, once a request and version: nobody's else gives no rows.
    """
    if SCOPE in parameters:
        raise TypeError(f"{SCOPE} is bound from the viewer's scope, never by a page")
    if not rules.may_ask(viewer.role, name):
        abort(404)
    named, selection = _question(name).named, current_selection()
    panels = reach_of(viewer).shown(Selection() if name in rules.WHOLE else selection) if named & {SCOPE, PERSON} else []
    if SCOPE in named:
        parameters[SCOPE] = panels
    elif PERSON in named and not _kept_rows("patient", {PERSON: parameters[PERSON], SCOPE: panels}):
        return []
    for chosen in CHOSEN:
        if chosen in named and chosen not in parameters:
            parameters[chosen] = getattr(selection, chosen)
    if PEOPLE in named:
        parameters.setdefault(PEOPLE)  # nobody is left out unless a cohort is chosen
    parameters |= {name: make() for name, make in ANSWERED.items() if name in named}
    if "sensitive" in named:  # whatever a page says, for those who treat the patient only
        parameters["sensitive"] = parameters.get("sensitive") is True and viewer.role in rules.CLINIC
    if "period" in named and parameters["period"] is None:
        parameters["period"] = current_year()
    return list(_kept_rows(name, parameters))


def _kept_rows(name: str, parameters: dict) -> list:
    """The rows of a question, asked once a version: a published version never changes, and all that the answer hangs on, whose people
    (the panels) above all, is among the parameters. Who may ask at all was decided before. What people answered since is known by its last one."""
    key = sorted((named, bool(value) and _waiting()[0] if named in ANSWERED else _as_key(value)) for named, value in parameters.items())
    return _kept((name, *key), lambda: _rows(name, parameters))


def _as_key(value):
    # 1, 1.0 and True are one key to Python and three values to DuckDB.
    return type(value).__name__, tuple(value) if isinstance(value, list) else value


def _kept(key: tuple, make):
    """What the served version says under a key."""
    _cursor()
    return house().kept.get((g.version, *key), make)


def kept_of_version(name: str, make):
    """What a page derives from whole relations that hold no people, kept for as long as the version is served. For everyone alike."""
    return _kept(("derived", name), make)


def _waiting() -> tuple[int, list[dict]]:
    """Answers younger than the served version; all questions of a request see the same."""
    _cursor()
    if "waiting" not in g and current_selection().as_of:
        g.waiting = 0, []  # the past knows no answer that came after it
    if "waiting" not in g:
        g.waiting = house().waiting.of(g.version, lambda: _rows("known_answers", {}))
    return g.waiting


def answers_wait() -> bool:
    """Whether anybody answered anything that the served version does not know yet."""
    return bool(_waiting()[1])


def _changed() -> list[dict]:
    return _told("answered_people", {"answers": _waiting()[1]})


def _told(name: str, parameters: dict) -> list[dict]:
    """What a question says of the waiting answers, as values for other questions; the same for everybody until the next answer."""
    last, waiting = _waiting()
    if not waiting:
        return []
    return _kept((name, last), lambda: [row._asdict() for row in _rows(name, parameters)])


# Bound to the questions that name them: answers younger than the served version, the people whose work list they change, and counts of places.
ANSWERED = {"answers": lambda: _waiting()[1], "changed": _changed, "shifted": lambda: _told("answered_counts", {"changed": _changed()})}


def ask_one(name: str, viewer: Viewer, **parameters):
    """The first row, or None."""
    return next(iter(ask(name, viewer, **parameters)), None)


def ask_page(name: str, viewer: Viewer, page: int, page_size: int, **parameters) -> list:
    """One page (from 1) of a list whose question takes $page and $page_size. Ordering a list costs the same for ten pages as for one: they are
    asked together, and turning a page asks nothing for as long as they are kept."""
    many, place = divmod(page - 1, PAGES)
    return ask(name, viewer, page=many + 1, page_size=page_size * PAGES, **parameters)[place * page_size:][:page_size]


def current_year() -> int:
    """The year of the day that the served version stands for."""
    return _kept_rows("release", {})[0].as_of.year


def reach_of(viewer: Viewer) -> Reach:
    """The panels whose people the viewer may see in the served version; none for roles that work without people.

    Kept per version and scopes: hundreds of panels are the same for every question of a day.
    """
    if viewer.role not in rules.PEOPLE or not viewer.scopes:
        return Reach([])
    return _kept(("reach", viewer.scopes), lambda: _reach(viewer))


def _reach(viewer: Viewer) -> Reach:
    values = {kind: [value for k, value in viewer.scopes if k == kind] for kind in ("clinician", "practice", "group")}
    return Reach(_rows("panels_in_scope", {"clinicians": values["clinician"], "practices": values["practice"], "groups": values["group"],
                                           "everything": ("organization", "") in viewer.scopes}))


class _Question:
    """A file of queries/page/, parsed once, and the parameters that it names."""

    def __init__(self, name: str):
        self.path = QUERIES / "page" / f"{name}.sql"
        self.statements = _cursor().extract_statements(sql.relation(self.path).text)
        self.named = {name for statement in self.statements for name in statement.named_parameters}


@functools.cache
def _question(name: str) -> _Question:
    return _Question(name)


def _rows(name: str, parameters: dict) -> list:
    question = _question(name)
    surplus = parameters.keys() - question.named
    if surplus:
        raise TypeError(f"queries/page/{name}.sql has no parameter {', '.join(sorted(surplus))}")
    cursor = sql.run(_cursor(), question.statements, parameters, place=question.path)
    row = _row_type(name, tuple(column[0] for column in cursor.description))
    return [row(*values) for values in cursor.fetchall()]


@functools.cache
def _row_type(name: str, columns: tuple[str, ...]):
    return namedtuple(name, columns)


def _cursor():
    """The request's cursor: all questions of one request are answered by one version."""
    if "cursor" not in g:
        day = current_selection().as_of
        g.cursor_context = reader().serving(version_of(day) if day else None)
        g.version, g.cursor = g.cursor_context.__enter__()
    return g.cursor


def version_of(day: date) -> Path:
    """The file of the version that was served at the end of a past day, or of that version of the day which the address names; NotKept when it is
    not on disk."""
    known, wanted = publish.days(house().home), current_selection().version
    if wanted is not None:
        return publish.of_day(house().home, day, wanted) or _not_kept(day, known, wanted)
    if day not in known:
        raise NotKept(day, [*[one for one in known if one < day][-1:], *[one for one in known if one > day][:1]])
    return known[day]


def _not_kept(day: date, known: dict, version: str):
    raise NotKept(day, [day] if day in known else [], version)


def frozen() -> dict[str, str]:
    """What an address says to show these very numbers again, for as long as the version is kept; {} where its file is not known."""
    _cursor()
    version = publish.number(g.version)
    day = publish.day_of(house().home, version)
    return {"as_of": str(day), "version": version} if day else {}


def reader() -> Reader:
    """The reader of the application's home directory."""
    return house().reader


def close_cursor(_error=None) -> None:
    """End of a request."""
    context = g.pop("cursor_context", None)
    g.pop("cursor", None)
    if context is not None:
        context.__exit__(None, None, None)

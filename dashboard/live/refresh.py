"""One pass: take in what lies in the inbox, compute the people it touches, publish them as an overlay; a full build where that cannot do."""

import contextlib
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path

from dashboard import database
from dashboard.build import asked, kept, publish
from dashboard.build.beside import Beside
from dashboard.build.driver import Parts, Scope, build_locked, run_to_result, write_stamp
from dashboard.build.lock import only_build
from dashboard.build.progress import Progress
from dashboard.live import gate, inbox, standing, turn
from dashboard.live.looking import Looking
from dashboard.live.overlay import TARGET
from dashboard.live.touched import Change, changes, touch
from dashboard.live.write import Writing
from dashboard.risk.tables import create_macros
from dashboard.settings import home_directory

PARTS = Parts()
MANY = 0.2  # of all people: from this share on a full build is quicker than an overlay, and leaves none to fold


@dataclass(frozen=True)
class Refreshed:
    """What a pass did. version: None when nothing was published. how: 'nothing', 'overlay', 'turn' (of a day), 'build' or 'held'. why: of a build or
    a hold."""
    version: str | None
    how: str
    people: int = 0
    files: int = 0
    why: str = ""
    deliveries: tuple = ()


def refresh(home: str | Path | None = None, as_of: date | None = None, measures=None, progress: Progress | None = None,
            parts: Parts = PARTS, take_in: bool = True) -> Refreshed:
    """Take in what lies complete in HOME/inbox and publish what it changes.

    as_of: today unless given. measures: as for build. Busy when another build runs there. What was published stays as it was whenever
    this raises or dies, and the next pass goes on from there.
    """
    home, progress = home_directory(home), progress or Progress()
    scope = Scope(as_of or date.today(), measures=tuple(measures) if measures else None)
    with _opened(home, parts) as opened:  # meanwhile: it takes as long as reading a small file
        taken = tuple(inbox.take_in(home)) if take_in else ()
        with only_build(home), ThreadPoolExecutor(1) as pool:
            publish.clean(home)
            delivered = pool.submit(parts.deliver, home)
            try:
                done = _refresh(home, scope, progress, parts, opened, delivered)
            except _Falls as fall:
                publish.hold(home, str(fall))
                done = Refreshed(None, "held", why=str(fall))
            delivered.result()
            publish.clean(home)
    progress.say(said(done))
    asked.ask_of_big(home, taken)
    return Refreshed(**{**vars(done), "deliveries": taken})


def said(done: Refreshed) -> str:
    """What a pass did, in words."""
    if done.how == "nothing":
        return "nothing new"
    if done.how == "held":
        return f"not published: {done.why}. Look, then `huddleboard versions --accept`, or take the delivery back"
    if done.how == "build":
        return f"published {done.version}, built whole: {done.why}"
    turned = ", turned to the day" if done.how == "turn" else ""
    return f"published {done.version}{turned}: {done.files} files, {done.people:,} people touched"


@contextlib.contextmanager
def _opened(home: Path, parts: Parts):
    """A connection for the pass, with all macros, as a Future; closed at the end."""
    def opened():
        connection = database.for_work(home / "build" / "scratch")
        parts.prepare(connection)
        return connection

    with ThreadPoolExecutor(1) as pool:
        opening = pool.submit(opened)
        try:
            yield opening
        finally:
            opening.result().close()


def _refresh(home: Path, scope: Scope, progress: Progress, parts: Parts, opened: Future, delivered: Future) -> Refreshed:
    if held := publish.held(home):
        return Refreshed(None, "held", why=held)
    done = change = day = None
    with _served(home, opened.result()) as (connection, served):
        delivered.result()
        why = "nothing was published here yet" if served is None else _not_fit(connection, home, served, scope)
        if not why:
            day = _day(connection, served)
            with _prepared(connection, parts) as known, Looking(connection, served) as looking:
                why = _too_many(connection, served, touch(connection, home, served))
                if not why:
                    change = changes(connection, home, served, looking.meanwhile)
                    looking.begin()
                if not why and (change.files or change.people):
                    try:  # as of the day that is served; then that is turned
                        version = _publish_overlay(connection, looking, home, replace(scope, as_of=day), change, progress, known)
                        done = Refreshed(version, "overlay", len(change.people), change.files)
                    except _PlacesChanged:
                        why = "clinicians or places changed"
    if not why and day != scope.as_of:
        people, why = _whom_it_turns(home, scope)
        done = None if why else replace(_publish_turned(home, scope, people, progress, parts), files=change.files)
    return Refreshed(build_locked(home, scope, progress, parts, _look), "build", why=why) if why else done or Refreshed(None, "nothing")


def _day(connection, served: str) -> date:
    return connection.execute(f"SELECT as_of FROM {served}.mart.version").fetchone()[0]


def _too_many(connection, served: str, people: int) -> str | None:
    everybody = connection.execute(f"SELECT people FROM {served}.mart.version").fetchone()[0]
    return f"{people:,} of {everybody:,} people are touched" if people > MANY * everybody else None


def _whom_it_turns(home: Path, scope: Scope) -> tuple[frozenset[int], str | None]:
    """The people who must be read again when the day turns, and why it cannot be turned."""
    with _served(home) as (connection, served):
        touch(connection, home, served)
        people = turn.whom(connection, home, served, _day(connection, served), scope.as_of)
        return people, _too_many(connection, served, len(people))


def _publish_turned(home: Path, scope: Scope, people: frozenset[int], progress: Progress, parts: Parts) -> Refreshed:
    known = replace(parts, load_reference=_served_reference)
    return Refreshed(turn.publish_turned(home, scope, people, _attach, _look, progress, known), "turn", len(people))


class _Falls(Exception):
    """Numbers fall further than one delivery should make them: a person must look."""


def _look(home: Path, built: Path, base: Path | None, *opened) -> None:
    if fall := gate.falls(home, built, base, *opened):
        raise _Falls(fall)


class _PlacesChanged(Exception):
    """Facts of no person changed, on which facts of any person may hang."""


@contextlib.contextmanager
def _served(home: Path, opened: database.Connection | None = None):
    """(connection, catalog of the served version), its base attached as `base`; catalog None when nothing is published. opened: see at_work."""
    with database.at_work(home / "build" / "scratch", opened) as connection:
        yield connection, _attach(connection, home)


def _attach(connection, home: Path) -> str | None:
    if publish.served(home) is None:
        return None
    path = database.current_file(home)
    base = database.base_of(path)
    kept.attach(connection, base or path, "base")
    if base:
        kept.attach(connection, path, "standing")
    return "standing" if base else "base"


def _not_fit(connection, home: Path, served: str, scope: Scope) -> str | None:
    """Why the served version cannot be refreshed; None when it can."""
    about = kept.about(connection, served)
    if not about:
        return "the published version keeps nothing to build on"
    as_of = _day(connection, served)
    if as_of != scope.as_of and not turn.is_near(as_of, scope.as_of):
        return f"the day is {scope.as_of}, no longer {as_of}: of another month, or earlier"
    if about["content"] != kept.content(home):
        return "measures, reference data or the program changed"
    if about["measures"] != kept.measures_of(scope) or about["known_at"] != str(scope.known_at):
        return "other measures are asked for"
    return None


@contextlib.contextmanager
def _prepared(connection, parts: Parts):
    """The parts of a pass on a connection with all macros, where reference data are made while it is found out what came."""
    def prepare(cursor) -> None:
        with contextlib.closing(cursor):
            _served_reference(cursor, None)

    with ThreadPoolExecutor(1) as pool:
        made = pool.submit(prepare, connection.cursor())
        yield replace(parts, prepare=lambda _: None, load_reference=lambda *_: made.result())


def _publish_overlay(connection, looking: Looking, home: Path, scope: Scope, change: Change, progress: Progress, parts: Parts) -> str:
    """Compute and publish, on the connection where the change was found."""
    served = looking.served
    version = publish.next_version(home)
    built = home / "build" / f"{version}.overlay"
    some = Scope(scope.as_of, scope.known_at, scope.measures, change.people)
    stands = standing.Standing(connection, served, change, looking=looking)
    known = replace(parts, create_extract=partial(parts.create_extract, reading=change.reading))
    writing = Writing(connection, home, progress, parts, stands)
    beside = Beside(progress, parts.queries, stands, more=partial(writing.begin, scope=some))
    parameters = run_to_result(connection, home, some, progress, known, stands, beside=beside)
    some = replace(some, people=frozenset(person for (person,) in connection.execute("FROM touched").fetchall()))
    if kept.about(connection, served)["places"] != kept.places(connection):
        raise _PlacesChanged
    everybody = writing.finish(built, some, parameters)
    write_stamp(connection, version, some, everybody, progress)
    base = database.base_of(database.current_file(home)) or database.current_file(home)
    with contextlib.closing(connection.cursor()) as coming:
        coming.execute(f"USE {TARGET}")
        numbers = gate.weighed(coming)
        _look(home, built, base, coming, numbers)
    connection.execute(f"DETACH {TARGET}")
    publish.publish(home, version, built, base)
    gate.remember(database.current_file(home), numbers)
    return version


def _served_reference(connection, _home: Path | None) -> None:
    kept.read_reference(connection, "base")
    create_macros(connection)

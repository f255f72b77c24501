"""One pass: take in what lies in the inbox, compute the people it touches, publish them as an overlay; a full build where that cannot do."""

import contextlib
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path

from dashboard import database, settings
from dashboard.build import history, kept, publish, sql
from dashboard.build.check import run_checks
from dashboard.build.driver import Parts, Scope, build_locked, run_to_result, write_stamp
from dashboard.build.extract import Reading
from dashboard.build.lock import only_build
from dashboard.build.progress import Progress
from dashboard.live import gate, inbox, standing
from dashboard.live.overlay import TARGET, Overlay, kept_select
from dashboard.live.stages import Stage
from dashboard.live.touched import Change, changes
from dashboard.risk.tables import create_macros
from dashboard.settings import home_directory

PARTS = Parts()
MANY = 0.2  # of all people: from this share on a full build is quicker than an overlay, and leaves none to fold


@dataclass(frozen=True)
class Refreshed:
    """What a pass did. version: None when nothing was published. how: 'nothing', 'overlay', 'build' or 'held'. why: of a full build or a hold."""
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
    taken = tuple(inbox.take_in(home)) if take_in else ()
    scope = Scope(as_of or date.today(), measures=tuple(measures) if measures else None)
    with only_build(home):
        publish.clean(home)
        parts.deliver(home)
        try:
            done = _refresh(home, scope, progress, parts)
        except _Falls as fall:
            publish.hold(home, str(fall))
            done = Refreshed(None, "held", why=str(fall))
        publish.clean(home)
    progress.say(said(done))
    return Refreshed(**{**vars(done), "deliveries": taken})


def said(done: Refreshed) -> str:
    """What a pass did, in words."""
    if done.how == "nothing":
        return "nothing new"
    if done.how == "held":
        return f"not published: {done.why}. Look, then `huddleboard versions --accept`, or take the delivery back"
    if done.how == "build":
        return f"published {done.version}, built whole: {done.why}"
    return f"published {done.version}: {done.files} files, {done.people:,} people touched"


def _refresh(home: Path, scope: Scope, progress: Progress, parts: Parts) -> Refreshed:
    why = change = None
    if held := publish.held(home):
        return Refreshed(None, "held", why=held)
    with _served(home) as (connection, served):
        why = "nothing was published here yet" if served is None else _not_fit(connection, home, served, scope)
        if not why:
            change = changes(connection, home, served)
            if not change.files and not change.people:
                return Refreshed(None, "nothing")
            everybody = connection.execute(f"SELECT people FROM {served}.mart.version").fetchone()[0]
            if len(change.people) > MANY * everybody:
                why = f"{len(change.people):,} of {everybody:,} people are touched"
    if not why:
        try:
            version = _publish_overlay(home, scope, change, progress, parts)
            return Refreshed(version, "overlay", len(change.people), change.files)
        except _PlacesChanged:
            why = "clinicians or places changed"
    return Refreshed(build_locked(home, scope, progress, parts, _look), "build", why=why)


class _Falls(Exception):
    """Numbers fall further than one delivery should make them: a person must look."""


def _look(home: Path, built: Path, base: Path | None) -> None:
    if fall := gate.falls(home, built, base):
        raise _Falls(fall)


class _PlacesChanged(Exception):
    """Facts of no person changed, on which facts of any person may hang."""


@contextlib.contextmanager
def _served(home: Path):
    """(connection, catalog of the served version), its base attached as `base`; catalog None when nothing is published."""
    connection = database.connect()
    try:
        yield connection, _attach(connection, home)
    finally:
        connection.close()


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
    as_of = connection.execute(f"SELECT as_of FROM {served}.mart.version").fetchone()[0]
    if not about:
        return "the published version keeps nothing to build on"
    if as_of != scope.as_of:
        return f"the day is {scope.as_of}, no longer {as_of}"
    if about["content"] != kept.content(home):
        return "measures, reference data or the program changed"
    if about["measures"] != kept.measures_of(scope) or about["known_at"] != str(scope.known_at):
        return "other measures are asked for"
    return None


def _publish_overlay(home: Path, scope: Scope, change: Change, progress: Progress, parts: Parts) -> str:
    version = publish.next_version(home)
    built = home / "build" / f"{version}.overlay"
    some = Scope(scope.as_of, scope.known_at, scope.measures, change.people)
    with database.at_work(home / "build" / "scratch") as connection:
        served = _attach(connection, home)
        connection.execute("CREATE TABLE touched AS SELECT unnest($people::INTEGER[]) AS person", {"people": sorted(change.people)})
        known = replace(parts, load_reference=_served_reference,
                        create_extract=partial(parts.create_extract, reading=Reading(change.again | standing.ALWAYS, change.wide)))
        stands = standing.Standing(connection, served, change.again, change.wide)
        parameters = run_to_result(connection, home, some, progress, known, stands)
        if kept.about(connection, served)["places"] != kept.places(connection):
            raise _PlacesChanged
        everybody = _write(connection, home, built, served, some, parameters, progress, parts, stands)
        if some.measures is None:
            history.keep_change(connection, home, history.Version(scope.as_of, scope.known_at, version), change.people, progress)
        write_stamp(connection, version, some, everybody, progress)
        connection.execute(f"DETACH {TARGET}")
        base = database.base_of(database.current_file(home)) or database.current_file(home)
    _look(home, built, base)
    publish.publish(home, version, built, base)
    return version


def _served_reference(connection, _home: Path) -> None:
    kept.read_reference(connection, "base")
    create_macros(connection)


def _write(connection, home: Path, built: Path, served: str, scope: Scope, parameters: dict, progress: Progress, parts: Parts,
           stands: standing.Standing) -> int:
    """Fill the overlay file; gives the number of people known."""
    work = connection.execute("SELECT current_database()").fetchone()[0]
    history.read_past(connection, home, scope.as_of, scope.people, progress)
    history.read_then(connection, home, scope.as_of, scope.people, progress)
    everyone = Stage(connection, "everyone", work, parameters, parts.queries, lambda name, columns: kept_select(name, served, work, columns))
    before = Stage(connection, "before", work, parameters, parts.queries,
                   lambda name, _: f"FROM {served}.kept.{kept.name_of(name)} SEMI JOIN {work}.main.touched USING (person)")
    connection.execute("ATTACH ':memory:' AS fresh; CREATE SCHEMA fresh.mart")
    database.attach_new(connection, built, TARGET)
    overlay = Overlay(connection, served, "standing" if served == "standing" else None)
    items = sql.relations("mart", parts.queries)
    _make_mart(connection, items, everyone, parameters, progress, stands)
    run_checks(connection, parameters, progress, parts.queries)
    connection.execute("DELETE FROM history.past")
    began = time.monotonic()
    for item in items:
        _write_item(item, overlay, before)
    _count_changes(connection)
    people = _write_kept(connection, home, overlay, everyone, scope, work)
    progress.done("overlay", began)
    return people


def _make_mart(connection, items: list, everyone: Stage, parameters: dict, progress: Progress, stands: standing.Standing) -> None:
    """The mart's relations: of the touched people in `fresh`, whole ones in `everyone`; views of the same names let checks read them."""
    def make(item: sql.Relation) -> None:
        with contextlib.closing(connection.cursor()) as cursor:
            stands.make(cursor, item, parameters, "fresh")

    began = time.monotonic()
    with ThreadPoolExecutor(settings.threads()) as pool:
        list(pool.map(make, [item for item in items if item.kind in ("per person", "counts")]))
    for item in (item for item in items if item.kind != sql.FULL):
        if item.kind == "whole":
            everyone.make(item.full_name)
        connection.execute(f"CREATE OR REPLACE VIEW {item.full_name} AS FROM {'everyone' if item.kind == 'whole' else 'fresh'}.{item.full_name}")
    progress.done("mart", began)


def _write_item(item: sql.Relation, overlay: Overlay, before: Stage) -> None:
    if item.kind == "whole":
        overlay.whole("mart", item.name, f"FROM everyone.{item.full_name}")
    elif item.kind == "per person":
        overlay.per_person("mart", item.name, f"FROM fresh.{item.full_name}", item.sorted_by)
    elif item.kind == sql.FULL:
        overlay.whole("mart", item.name, f"FROM {overlay.served}.{item.full_name}")
    else:
        before.make(item.full_name)
        overlay.counts(item)


def _count_changes(connection) -> None:
    """history.unit_count: what the touched people add now, less what they added before."""
    connection.execute("""
        CREATE OR REPLACE TABLE history.unit_count AS
        SELECT * FROM history.unit_count UNION ALL BY NAME
        SELECT * REPLACE (-denominator AS denominator, -numerator AS numerator, -closed AS closed, -excluded AS excluded)
        FROM before.history.unit_count""")


def _write_kept(connection, home: Path, overlay: Overlay, everyone: Stage, scope: Scope, work: str) -> int:
    for name, columns in kept.PEOPLE.items():
        overlay.per_person("kept", kept.name_of(name), f"SELECT {columns} FROM {name}")
    for name in kept.FILES:
        everyone.make(name)
        overlay.whole("kept", kept.name_of(name), f"FROM everyone.{name}")
    kept.write_about(connection, home, scope, TARGET)
    everyone.make("coded.person")
    return connection.execute("SELECT count(*) FROM everyone.coded.person").fetchone()[0]

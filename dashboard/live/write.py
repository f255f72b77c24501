"""The overlay file of a pass: the relations of the mart that changed, of the touched people or whole, and what is kept."""

import contextlib
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from dashboard import database, settings
from dashboard.build import history, kept, sql
from dashboard.build.check import run_checks
from dashboard.build.driver import Parts, Scope
from dashboard.build.progress import Progress
from dashboard.live.overlay import TARGET, Overlay, kept_select
from dashboard.live.stages import Stage
from dashboard.live.standing import Standing
from dashboard.live.unchanged import Unchanged


def write(connection, home: Path, built: Path, scope: Scope, parameters: dict, progress: Progress, parts: Parts, stands: Standing) -> int:
    """Fill the overlay file; gives the number of people known."""
    work, served = connection.execute("SELECT current_database()").fetchone()[0], stands.served
    history.read_past(connection, home, scope.as_of, scope.people, progress)
    history.read_then(connection, home, scope.as_of, scope.people, progress)
    past = kept.past(connection)
    unchanged = Unchanged(connection, stands, kept.about(connection, served).get("past") == past, parts.queries)
    everyone = Stage(connection, "everyone", work, parameters, parts.queries, lambda name, columns: kept_select(name, served, work, columns))
    before = Stage(connection, "before", work, parameters, parts.queries,
                   lambda name, _: f"FROM {served}.kept.{kept.name_of(name)} SEMI JOIN {work}.main.touched USING (person)", few=True)
    connection.execute("ATTACH ':memory:' AS fresh; CREATE SCHEMA fresh.mart")
    database.attach_new(connection, built, TARGET)
    overlay = Overlay(connection, served, "standing" if served == "standing" else None)
    items = sql.relations("mart", parts.queries)
    _make_mart(connection, items, everyone, parameters, progress, stands, unchanged)
    run_checks(connection, parameters, progress, parts.queries)
    connection.execute("DELETE FROM history.past")
    began = time.monotonic()
    for item in items:
        _write_item(item, overlay, before, item.full_name in unchanged)
    _count_changes(connection, before)
    people = _write_kept(connection, overlay, everyone, unchanged)
    kept.write_about(connection, home, scope, TARGET, past)
    overlay.finish()
    progress.done("overlay", began)
    return people


def _make_mart(connection, items: list, everyone: Stage, parameters: dict, progress: Progress, stands: Standing, unchanged: Unchanged) -> None:
    """The mart's relations that changed: of the touched people in `fresh`, whole ones in `everyone`; views of the same names let checks read all."""
    def make(item: sql.Relation) -> None:
        with contextlib.closing(connection.cursor()) as cursor:
            stands.make(cursor, item, parameters, "fresh")

    began = time.monotonic()
    changed = [item for item in items if item.full_name not in unchanged]
    with ThreadPoolExecutor(settings.threads()) as pool:
        list(pool.map(make, [item for item in changed if item.kind in ("per person", "counts")]))
    for item in (item for item in items if item.kind != sql.FULL):
        if item not in changed:
            source = f"{stands.served}.{item.full_name}" + (" SEMI JOIN touched USING (person)" if item.kind == "per person" else "")
        elif item.kind == "whole":
            everyone.make(item.full_name)
            source = f"everyone.{item.full_name}"
        else:
            source = f"fresh.{item.full_name}"
        connection.execute(f"CREATE OR REPLACE VIEW {item.full_name} AS FROM {source}")
    progress.done("mart", began)


def _write_item(item: sql.Relation, overlay: Overlay, before: Stage, stands: bool) -> None:
    if item.kind in ("whole", sql.FULL):
        overlay.whole("mart", item.name, None if stands or item.kind == sql.FULL else f"FROM everyone.{item.full_name}")
    elif item.kind == "per person":
        overlay.per_person("mart", item.name, None if stands else f"FROM fresh.{item.full_name}", item.sorted_by)
    else:
        if not stands:
            before.make(item.full_name)
        overlay.counts(item, stands)


def _count_changes(connection, before: Stage) -> None:
    """history.unit_count: what the touched people add now, less what they added before."""
    before.make("history.unit_count")
    connection.execute("""
        CREATE OR REPLACE TABLE history.unit_count AS
        SELECT * FROM history.unit_count UNION ALL BY NAME
        SELECT * REPLACE (-denominator AS denominator, -numerator AS numerator, -closed AS closed, -excluded AS excluded)
        FROM before.history.unit_count""")


def _write_kept(connection, overlay: Overlay, everyone: Stage, unchanged: Unchanged) -> int:
    for name, columns in kept.PEOPLE.items():
        overlay.per_person("kept", kept.name_of(name), None if name in unchanged else f"SELECT {columns} FROM {name}")
    for name in kept.FILES:
        if name not in unchanged:
            everyone.make(name)
        overlay.whole("kept", kept.name_of(name), None if name in unchanged else f"FROM everyone.{name}")
    if "coded.person" in unchanged:
        return connection.execute(f"SELECT people FROM {overlay.served}.mart.version").fetchone()[0]
    everyone.make("coded.person")
    return connection.execute("SELECT count(*) FROM everyone.coded.person").fetchone()[0]

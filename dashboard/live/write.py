"""The overlay file of a pass: the relations of the mart that changed, of the touched people or whole, and what is kept."""

import time
from functools import partial
from pathlib import Path

from dashboard import database, parallel
from dashboard.build import history, kept, sql
from dashboard.build.check import run_checks
from dashboard.build.driver import Parts, Scope
from dashboard.build.progress import Progress
from dashboard.live import standing
from dashboard.live.differing import OF_FILES, Differing
from dashboard.live.overlay import TARGET, Overlay, kept_select
from dashboard.live.stages import Stage
from dashboard.live.standing import Standing

# What earlier months said as the served version has it: `fresh` holds what the archive says of them now, and the difference is what a pass adds.
PAST = """
    SELECT as_of, CASE WHEN NOT backfilled THEN 'published' END AS published, rate_key(r.measure_id, r.variant, r.rate) AS rate_key, period, plan_key,
        contract, product_line, plan, panel_set, panel, clinician_npi, practice_id, group_id, denominator, numerator, closed, excluded
    FROM {served}.mart.trend AS t JOIN reference.rate AS r USING (rate_id) WHERE NOT is_current"""


class Writing:
    """The writing of an overlay: `begin` while cards are asked, `finish` when results are made."""

    def __init__(self, connection, home: Path, progress: Progress, parts: Parts, stands: Standing):
        self.connection, self.home, self.progress, self.parts, self.stands = connection, home, progress, parts, stands
        self.work = connection.execute("SELECT current_database()").fetchone()[0]
        self.items = sql.relations("mart", parts.queries)

    def begin(self, cursor, parameters: dict, scope: Scope) -> None:
        """What hangs on no card: what earlier months said, and whole relations that are made of files alone."""
        self.everyone = Stage(cursor, "everyone", self.work, parameters, self.parts.queries,
                              lambda name: kept_select(name, self.stands.served, self.work))
        history.read_past(cursor, self.home, scope.as_of, scope.people, self.progress)
        if self.stands.change.files:
            _make_all(self.everyone, [item.full_name for item in self.items if item.kind == "whole" and _is_of_files(cursor, item)], cursor)

    def finish(self, built: Path, scope: Scope, parameters: dict) -> int:
        """Fill the overlay file and, for all measures, the archive; gives the number of people known."""
        connection, served, progress = self.connection, self.stands.served, self.progress
        history.read_then(connection, self.home, scope.as_of, scope.people, progress)
        past = kept.past(connection)
        differing = Differing(connection, self.stands, kept.about(connection, served).get("past") == past, self.parts.queries)
        connection.execute("ATTACH ':memory:' AS fresh; CREATE SCHEMA fresh.mart")
        database.attach_new(connection, built, TARGET)
        overlay = Overlay(connection, served, "standing" if served == "standing" else None)
        self._make(parameters, differing)
        _name(connection, self.items, served, differing)
        began = time.monotonic()
        # The archive first: one statement after the other, it takes longest.
        parallel.each(connection, lambda cursor, job: job(cursor), [
            partial(_archive, home=self.home, version=built.stem, scope=scope, progress=progress,
                    people=differing.people("history.result", "history.risk")),
            lambda cursor: run_checks(cursor, parameters, progress, self.parts.queries),
            *(partial(_write_item, item=item, overlay=overlay, differing=differing, changed_event=self.stands.changed_event) for item in self.items),
            *_jobs_of_kept(overlay, differing, served)])
        kept.write_about(connection, self.home, scope, TARGET, past)
        overlay.finish(connection)
        progress.done("overlay", began)
        if "coded.person" not in differing:
            return connection.execute(f"SELECT people FROM {served}.mart.version").fetchone()[0]
        return connection.execute("SELECT count(*) FROM everyone.coded.person").fetchone()[0]

    def _make(self, parameters: dict, differing: Differing) -> None:
        """The relations that may differ: of the touched people in `fresh`, of counts what they were in `before`, whole ones in `everyone`. Those by
        fact wait for the overlay."""
        changed = [item for item in self.items if item.full_name in differing]
        whole = [item.full_name for item in changed if item.kind == "whole"]
        whole += [name for name in (*kept.FILES, "coded.person") if name in differing]
        counted = [item.full_name for item in changed if item.kind == "counts"]
        before, began = Stage(self.connection, "before", self.work, parameters, self.parts.queries, self._before, few=True), time.monotonic()
        parallel.each(self.connection, lambda cursor, job: job(cursor), [
            partial(_make_all, before, [*counted, "history.unit_count"]), partial(_make_all, self.everyone, whole),
            *(partial(self.stands.make, item=item, parameters=parameters, catalog="fresh") for item in changed
              if item.kind in ("per person", "counts") and not item.by_fact)])
        self.progress.done("mart", began)

    def _before(self, name: str) -> str | None:
        """What the stage `before` stands on: what the touched people counted as."""
        if name == "history.past":
            return PAST.format(served=self.stands.served)
        if name in standing.TAKEN_OVER and self.stands.is_as_served(name):  # it lies there as it is served, of the touched people
            return f"FROM {self.work}.{name}"
        return f"FROM {self.stands.source(name)} SEMI JOIN {self.work}.main.touched USING (person)" if name in kept.KNOWN else None


def _is_of_files(cursor, item: sql.Relation) -> bool:
    read = {name for name in sql.reads(cursor, item.text) if not name.startswith("reference.")}
    return bool(read) and read <= OF_FILES


def _make_all(stage: Stage, names: list[str], cursor) -> None:
    for name in names:
        stage.make(cursor, name)


def _name(connection, items: list, served: str, differing: Differing) -> None:
    """Views of the names of the mart's relations let checks read them."""
    for item in (item for item in items if item.kind != sql.FULL and not item.by_fact):
        if item.full_name in differing:
            source = f"{'everyone' if item.kind == 'whole' else 'fresh'}.{item.full_name}"
        else:
            source = f"{served}.{item.full_name}" + (" SEMI JOIN touched USING (person)" if item.kind == "per person" else "")
        connection.execute(f"CREATE OR REPLACE VIEW {item.full_name} AS FROM {source}")


def _write_item(cursor, item: sql.Relation, overlay: Overlay, differing: Differing, changed_event: str) -> None:
    name, differs = item.full_name, item.full_name in differing
    if item.kind in ("whole", sql.FULL):
        overlay.whole(cursor, name, f"FROM everyone.{name}" if differs and item.kind != sql.FULL else None)
    elif item.by_fact:
        facts = f"SELECT DISTINCT fact FROM {changed_event}"
        fresh = sql.over_events(item, f"(FROM coded.event WHERE fact IN ({facts}))")
        overlay.keyed(cursor, name, "fact", facts if differs else None, fresh, item.sorted_by)
    elif item.kind == "per person":
        overlay.keyed(cursor, name, "person", differing.people(name), f"FROM fresh.{name}", item.sorted_by)
    else:
        overlay.counts(cursor, item, not differs)


def _jobs_of_kept(overlay: Overlay, differing: Differing, served: str) -> list:
    """What is kept."""
    files = f"SELECT file_no FROM extract.file ANTI JOIN {served}.mart.file USING (file_no) UNION " \
            f"SELECT file_no FROM {served}.mart.file ANTI JOIN extract.file USING (file_no)"
    return [
        *(partial(overlay.keyed, relation=f"kept.{kept.name_of(name)}", key="person", differing=differing.people(name),
                  fresh=f"SELECT {columns} FROM {name}", sorted_by="person") for name, columns in kept.PEOPLE.items()),
        partial(overlay.keyed, relation="kept.extract_sent_code", key="file_no", differing=files if "extract.sent_code" in differing else None,
                fresh="FROM extract.sent_code", sorted_by="file_no"),
        partial(overlay.whole, relation="kept.valid_reject", select="FROM everyone.valid.reject" if "valid.reject" in differing else None)]


def _archive(cursor, home: Path, version: str, scope: Scope, progress: Progress, people: str | None) -> None:
    """What the touched people add to the counts now, less what they added before, and the results of `people`, of whom they may differ."""
    if scope.measures is not None:
        return
    cursor.execute("""
        CREATE OR REPLACE TABLE history.unit_count AS
        SELECT * FROM history.unit_count UNION ALL BY NAME
        SELECT * REPLACE (-denominator AS denominator, -numerator AS numerator, -closed AS closed, -excluded AS excluded)
        FROM before.history.unit_count""")
    history.keep_change(cursor, home, history.Version(scope.as_of, scope.known_at, version), people, progress)

"""The turn of a day: a version as of a later day of the same month, made of what the served one keeps.

What `coded` says of a person hangs on the day by the rows up to it alone, so of whom no row bears a day between it stands, and with it what every
card found that does not ask for the day itself. Whatever is said of results, gaps and lists with the day in hand is made again of everybody.
"""

from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path

from dashboard import database, settings
from dashboard.build import kept, publish, sql
from dashboard.build.driver import Parts, Scope, open_target, run_to_result, write_whole
from dashboard.build.extract import Reading
from dashboard.build.extract_view import cast, sources
from dashboard.build.progress import Progress
from dashboard.contract import Table, read_contract
from dashboard.live.standing import Standing
from dashboard.live.touched import Change
from dashboard.measures import compile_cards, count_among

# When a row was sent, received or paid says nothing of the person's days.
OF_SENDING = {"file_date", "ingest_datetime", "source_updated_at", "paid_date", "received_date"}
LOOKS_BACK = {"encounter": 2, "medical_claim": 2}  # years for which visits say who somebody's clinician is (coded.attribution)


def is_near(old: date, new: date) -> bool:
    """Whether a version as of `old` can be turned to `new`: a month's end moves what is counted by months and years."""
    return old < new and (old.year, old.month) == (new.year, new.month)


def whom(connection, home: Path, served: str, old: date, new: date) -> frozenset[int]:
    """Of whom `coded` may say something else as of `new`: a row bears a day after `old`, a stay was open, or visits that told who the clinician is
    are two years old. Needs the tables that `touch` leaves."""
    paths = connection.execute("SELECT table_name, list(path ORDER BY file_no) FROM now_file GROUP BY table_name").fetchall()
    seen = connection.execute(f"SELECT count(*) FROM {served}.kept.coded_attribution WHERE method = 'visits'").fetchone()[0]
    connection.execute("CREATE OR REPLACE TEMP TABLE dated (person INTEGER, years INTEGER)")
    for table, files in ((read_contract()[name], files) for name, files in paths if name in read_contract()):
        for years in (0, *([LOOKS_BACK[table.name]] if seen and table.name in LOOKS_BACK else [])):
            for source, columns in sources(connection, [str(home / path) for path in files]).items():
                _add_dated(connection, table, source, columns, years, old, new)
    return frozenset(person for (person,) in connection.execute(f"""
        SELECT person FROM dated WHERE years = 0 AND person IS NOT NULL
        UNION SELECT person FROM {served}.kept.coded_stay WHERE discharge_date = DATE 'infinity'
        UNION SELECT person FROM dated SEMI JOIN (FROM {served}.kept.coded_attribution WHERE method = 'visits') USING (person)
        WHERE years > 0""").fetchall())


def _add_dated(connection, table: Table, source: str, columns: dict[str, str], years: int, old: date, new: date) -> None:
    """People with a row that bears a day after `old` and up to `new`, or so many years before."""
    days = [name for name, kind in table.columns.items() if kind in ("DATE", "TIMESTAMP") and name in columns and name not in OF_SENDING]
    if not days or not table.of_person:
        return
    # Column by column: a file tells the first and last day of each column, and most have none so late.
    low, high = (connection.execute("SELECT CAST(CAST(? AS DATE) - to_years(?) AS DATE) + 1", [day, years]).fetchone()[0] for day in (old, new))
    found = " UNION ALL ".join(
        f"SELECT row.person_key FROM {source} AS row WHERE {day} >= DATE '{low}' AND {day} < DATE '{high}'"
        for day in (cast(name, table.columns[name], columns[name]) for name in days))
    connection.execute(f"""INSERT INTO dated SELECT DISTINCT coalesce(n.person, f.person_key), {years}
                           FROM ({found}) AS f LEFT JOIN now_person AS n USING (person_key)""")


class Turned(Standing):
    """Everybody; `wide` are those of whom every table is read again, of the others nothing is."""

    def __init__(self, connection, served: str, change: Change, asked_before: dict, period: int):
        super().__init__(connection, served, change)
        self.asked_before, self.period = asked_before, period

    def make(self, cursor, item: sql.Relation, parameters: dict, catalog: str = "", views: bool = True) -> int:
        """sql.create, but for what stands."""
        if item.kind == sql.FULL or item.full_name in kept.FILES:
            source = f"{self.served}.mart.{item.name}" if item.layer == "mart" else f"{self.served}.kept.{kept.name_of(item.full_name)}"
            cursor.execute(f"CREATE OR REPLACE TABLE {f'{catalog}.' if catalog else ''}{item.full_name} AS FROM {source}")
            return cursor.execute(f"SELECT count(*) FROM {source}").fetchone()[0]
        return super().make(cursor, item, parameters, catalog, views)

    def take_over(self, wanted: list) -> list:
        """Fill evidence.* for the cards that do not ask for the day: `wide` counted anew, of the others the served rows; gives the other cards."""
        other = [pair for pair in wanted if not _asks_the_same(pair[0], self.asked_before[_name(pair[0])])]
        same = [pair for pair in wanted if pair not in other]
        if self.wide and same:
            count_among(self.connection, same, self.period, "wide", threads=settings.threads())
        self.stand(same, "narrow")
        return other

    def weigh(self, wanted: list) -> None:
        """None: a card that asks for the day is counted of everybody."""


def _name(one) -> tuple[str, str]:
    return one.variant.measure_id, one.variant.name


def _asks_the_same(one, before) -> bool:
    return (one.sets, one.leaves, one.conditions, one.unit) == (before.sets, before.leaves, before.conditions, before.unit)


def publish_turned(home: Path, scope: Scope, wide: frozenset[int], attach, look, progress: Progress, parts: Parts) -> str:
    """Compute and publish the version of the later day, by who holds the build's lock; gives its name.

    attach, look: as a refresh attaches the served version, and looks at what it is about to publish.
    """
    version = publish.next_version(home)
    built = home / "build" / f"{version}.duckdb"
    with database.at_work(home / "build" / "scratch") as connection:
        served = attach(connection, home)
        old = connection.execute(f"SELECT as_of FROM {served}.mart.version").fetchone()[0]
        connection.execute(f"CREATE TABLE touched AS SELECT person FROM {served}.kept.coded_person UNION SELECT unnest($wide::INTEGER[])",
                           {"wide": sorted(wide)})
        start, end = date(old.year, 1, 1), date(old.year, 12, 31)
        before = {_name(one): one for one in compile_cards(parts.load_cards(), start, end, scope.measures, old)}
        stands = Turned(connection, served, Change(0, frozenset(), wide, frozenset(), wide, known=True), before, old.year)
        known = replace(parts, create_extract=partial(parts.create_extract, reading=Reading(frozenset(), wide)))
        parameters = run_to_result(connection, home, scope, progress, known, stands)
        open_target(connection, built)
        write_whole(connection, home, scope, version, parameters, progress, parts, stands)
    look(home, built, None)
    publish.publish(home, version, built)
    return version

"""What a published file keeps beside the mart (schema `kept`): the rows per person from which roll-ups are made, so that a refresh can take
out what a person counted as before; and what tells whether a refresh may build on the file at all."""

import hashlib
import os
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from functools import lru_cache
from pathlib import Path

from dashboard import database, settings
from dashboard.build import sql
from dashboard.settings import DATA, MEASURES, QUERIES, ROOT
from dashboard.stamp import Stamp, stamp

# Relation -> the columns that roll-ups need of it.
PEOPLE = {
    "valid.eligibility": "person, payer, plan, product_line, payer_type",
    "valid.provider_attribution": "person, source_row, practice_id, practice_tin, organization_id, custom_attributed_provider_practice, "
                                  "payer_attributed_provider_practice, custom_attributed_provider_organization, "
                                  "payer_attributed_provider_organization",
    "coded.person": "*", "coded.attribution": "*", "coded.coverage": "*", "coded.uncounted_claim": "*",
    "coded.answer": "*", "evidence.outside": "*", "result.nearest_miss": "*",
    # And what the files say of people, so that a refresh reads only the tables that something came to (dashboard/live/standing.py).
    "coded.attribute": "*", "coded.stay": "*", "coded.hospital_bill": "*", "coded.diagnosis_year": "*",
    "coded.diagnosed_year": "*", "coded.medicare_year": "*", "coded.plan_score": "*", "coded.plan_gap": "*", "coded.appointment": "*",
}
# These go by file and row, not by person.
FILES = {"valid.reject": "*", "extract.sent_code": "*"}
ALL = PEOPLE | FILES
# Of these the mart says all: relation -> its SELECT from the mart of a catalog.
IN_MART = {
    "coded.event": "SELECT * FROM {}.mart.event",
    "evidence.found": "SELECT * EXCLUDE (on_date, why), on_date AS date FROM {}.mart.gap_step WHERE leaf IS NOT NULL",
    "result.measure_result": "SELECT * EXCLUDE (status) FROM {}.mart.measure_result",
    "history.answer": "SELECT * FROM {}.mart.answer",
}
KNOWN = {*ALL, *IN_MART}  # of which a published version tells every row
# Tables of schema reference that each build makes from its cards.
OF_CARDS = {"rate", "clause", "population_concept", "asked_concept", "wanted_code"}
# Facts of no person on which facts of people hang: who is which clinician and where, what kind of place a location is.
PLACES = """
    SELECT hash(data_source, practitioner_id, arg_max(npi, source_row), arg_max(coalesce(practice_id, practice_tin), source_row),
        arg_max(organization_id, source_row)) AS said FROM valid.practitioner GROUP BY data_source, practitioner_id
    UNION ALL SELECT DISTINCT hash(data_source, location_id, codes) FROM valid.location
    UNION ALL SELECT hash(c) FROM coded.clinician AS c"""

PAST = ("past", "past_panel_set", "past_rule", "then_version", "then_rule")


def name_of(relation: str) -> str:
    """The table that keeps a relation: valid.eligibility -> valid_eligibility."""
    return relation.replace(".", "_")


def stood(relation: str, catalog: str) -> str:
    """What a published version, attached as `catalog`, keeps of a relation of people or files: a table, or a SELECT in parentheses."""
    return f"({IN_MART[relation].format(catalog)})" if relation in IN_MART else f"{catalog}.kept.{name_of(relation)}"


def write(connection, home: Path, scope, catalog: str = "published", in_parts: bool = False) -> None:
    """Make schema kept of an attached file from the relations of the build. in_parts: of people some were read anew, and of
    the others what stood was added."""
    connection.execute(f"CREATE SCHEMA {catalog}.kept")
    in_order = set() if in_parts else {item.full_name for item in sql.relations("coded") if item.sorted_by == "person"}

    def keep(relation: str) -> None:
        order = " ORDER BY person" if relation in PEOPLE and relation not in in_order else ""
        with closing(connection.cursor()) as cursor:
            cursor.execute(f"CREATE TABLE {catalog}.kept.{name_of(relation)} AS SELECT {ALL[relation]} FROM {relation}{order}")

    with ThreadPoolExecutor(settings.threads()) as pool:
        list(pool.map(keep, ALL))
    write_about(connection, home, scope, catalog, past(connection))


def write_reference(connection, catalog: str = "published") -> None:
    """Schema reference of an attached file: what load_reference made, so that a refresh need not read it again from its sources."""
    connection.execute(f"CREATE SCHEMA {catalog}.reference")
    _copy_reference(connection, "", f"{catalog}.")


def read_reference(connection, catalog: str) -> None:
    """Schema reference of the connection from that of an attached file."""
    _copy_reference(connection, f"{catalog}.", "")


def _copy_reference(connection, source: str, target: str) -> None:
    names = connection.execute("""SELECT table_name FROM duckdb_tables() WHERE schema_name = 'reference'
        AND database_name = coalesce(nullif(rtrim(?, '.'), ''), current_database()) ORDER BY table_name""", [source]).fetchall()
    for name in (name for (name,) in names if name not in OF_CARDS):
        connection.execute(f"CREATE TABLE {target}reference.{name} AS FROM {source}reference.{name}")


def write_about(connection, home: Path, scope, catalog: str, past: str) -> None:
    """kept.merge: keys that mean another person; kept.about: with what the file was made. past: as the function `past` says it."""
    connection.execute(f"CREATE TABLE {catalog}.kept.merge AS FROM extract.merged_person")
    connection.execute(f"CREATE TABLE {catalog}.kept.about (name VARCHAR, value VARCHAR)")
    values = {"content": content(home), "places": places(connection), "known_at": str(scope.known_at), "measures": measures_of(scope),
              "past": past}
    connection.executemany(f"INSERT INTO {catalog}.kept.about VALUES (?, ?)", [list(item) for item in values.items()])


def measures_of(scope) -> str:
    """The measures of a scope as a text; '' for all."""
    return " ".join(scope.measures or ())


def places(connection) -> str:
    """A hash of what the people's facts hang on beside their own rows."""
    return str(connection.execute(f"SELECT bit_xor(said), count(*) FROM ({PLACES})").fetchone())


def past(connection) -> str:
    """A hash of what the archive says of earlier months."""
    said = " UNION ALL ".join(f"SELECT hash('{name}', p) AS said FROM history.{name} AS p" for name in PAST)
    return str(connection.execute(f"SELECT bit_xor(said), count(*) FROM ({said})").fetchone())


def content(home: Path) -> str:
    """A hash of everything that decides what rows become: queries, measures, reference data, the program, what was imported or trained here."""
    folders = (QUERIES, MEASURES, DATA, *(ROOT / "dashboard" / name for name in ("build", "live", "measures", "reference")))
    shipped = _shipped(stamp(*folders, ends=(".sql", ".yaml", ".csv", ".py"), without=("home",)))
    own = [(os.path.relpath(path, home), *rest) for path, *rest in stamp(home / "reference", home / "predict")]
    return hashlib.sha256(f"{shipped} {own}".encode()).hexdigest()


@lru_cache(maxsize=1)
def _shipped(files: Stamp) -> str:
    """A hash of the names and contents of files."""
    digest = hashlib.sha256()
    for path, *_ in files:
        digest.update(os.path.relpath(path, ROOT).encode())
        digest.update(Path(path).read_bytes())
    return digest.hexdigest()


def about(connection, catalog: str) -> dict[str, str]:
    """kept.about of an attached published file; {} where nothing is kept."""
    try:
        return dict(connection.execute(f"SELECT name, value FROM {catalog}.kept.about").fetchall())
    except database.OtherForm:
        return {}


def attach(connection, path: Path, catalog: str) -> None:
    """Attach a database file read-only."""
    connection.execute(f"ATTACH '{sql.quoted(path)}' AS {catalog} (READ_ONLY)")

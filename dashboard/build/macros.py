"""What every query may use: the layers' schemas, the macros of queries/macros*.sql and kind('name') of measures/kinds.yaml."""

from dashboard.build import sql
from dashboard.errors import Fault
from dashboard.settings import MEASURES, QUERIES
from dashboard.yaml_file import read_yaml

SCHEMAS = ("extract", "valid", "coded", "evidence", "result", "history", "mart", "reference")


def prepare(connection) -> None:
    """Create the schemas and macros on a connection that will run queries."""
    for schema in SCHEMAS:
        connection.execute(f"CREATE SCHEMA IF NOT EXISTS {schema}")
    connection.execute(kind_macro(kind_bits()))
    for macros in sorted(QUERIES.glob("macros*.sql")):
        sql.script(connection, macros)


def kind_bits() -> dict[str, int]:
    """Bit of each atomic kind of measures/kinds.yaml: its place in the list, never changed once given."""
    path = MEASURES / "kinds.yaml"
    names = read_yaml(path)["bits"]
    if len(names) > 63 or len(set(names)) < len(names):
        raise Fault(path, f"{len(names)} bits, {len(set(names))} of them different.", "At most 63, each once.")
    return {name: 1 << place for place, name in enumerate(names)}


def kind_macro(bits: dict[str, int]) -> str:
    """kind('encounter_finished') as a constant BIGINT; an unknown name is an error when the query is planned.

    Queries say it hundreds of times and each time it is planned anew: a place in one text is planned faster than a case for each name.
    """
    width = max(map(len, bits)) + 2
    names = "".join(f"|{name}|".ljust(width) for name in sorted(bits, key=bits.get))
    return (f"CREATE OR REPLACE MACRO kind(name) AS CASE WHEN contains('{names}', '|' || name || '|') "
            f"THEN 1::BIGINT << ((instr('{names}', '|' || name || '|') - 1) // {width}) "
            "ELSE error('measures/kinds.yaml has no bit \"' || name || '\"') END")

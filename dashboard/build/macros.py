"""What every query may use: the layers' schemas, the macros of queries/macros*.sql and kind('name') of measures/kinds.yaml."""

import yaml

from dashboard.build import sql
from dashboard.errors import Fault
from dashboard.settings import MEASURES, QUERIES

SCHEMAS = ("extract", "valid", "coded", "evidence", "result", "mart", "reference")


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
    names = yaml.safe_load(path.read_text(encoding="utf-8"))["bits"]
    if len(names) > 63 or len(set(names)) < len(names):
        raise Fault(path, f"{len(names)} bits, {len(set(names))} of them different.", "At most 63, each once.")
    return {name: 1 << place for place, name in enumerate(names)}


def kind_macro(bits: dict[str, int]) -> str:
    """kind('encounter_finished') as a constant BIGINT; an unknown name is an error when the query is planned."""
    cases = " ".join(f"WHEN '{name}' THEN {bit}::BIGINT" for name, bit in bits.items())
    return f"CREATE OR REPLACE MACRO kind(name) AS CASE name {cases} ELSE error('measures/kinds.yaml has no bit \"' || name || '\"') END"

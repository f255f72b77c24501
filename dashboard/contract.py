"""The extract contract as data: tables, columns and rules, read from data/contract.sql (DuckDB forgets the names of constraints)."""

import functools
import re
from dataclasses import dataclass, field
from pathlib import Path

from dashboard.errors import Fault
from dashboard.settings import DATA

CONTRACT = DATA / "contract.sql"
TABLE = re.compile(r"^CREATE TABLE (\w+) \(\n(.*?)\n\);", re.MULTILINE | re.DOTALL)
CHECK = re.compile(r"^\s*CONSTRAINT (\w+) CHECK \((.*)\),?\s*-- (.*?) \| (.*)$")
RULE = re.compile(r"^-- RULE (\w+) ON ([\w, ]+|\*) (REFUSES|HOLDS|REPLACES|ALTERS|DOUBTS): (.*?) \| (.*)$", re.MULTILINE)
# Days that a row can do without: the service counts although they do not read.
MINOR_DATES = {"paid_date", "received_date", "psv_date", "file_date", "ingest_datetime", "source_updated_at"}
OUTCOMES = {"REFUSES": "refused", "HOLDS": "held", "REPLACES": "replaced", "ALTERS": "altered", "DOUBTS": "doubtful"}


@dataclass(frozen=True)
class Rule:
    """What a row must satisfy. `expression` is empty for a rule that looks at more than the row itself (queries/extract does)."""
    name: str
    wrong: str
    cure: str
    expression: str = ""
    outcome: str = "refused"


@dataclass
class Table:
    """A table of the contract: column -> type, the columns that may not be NULL, and rules in the order in which they are tried."""
    name: str
    columns: dict[str, str] = field(default_factory=dict)
    required: list[str] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)

    @property
    def of_person(self) -> bool:
        """Does each row belong to a person?"""
        return "person_id" in self.columns

    def needs(self, column: str) -> bool:
        """Is a row refused when this column does not read? Required columns and moments are needed; amounts, flags and counts are not."""
        return column in self.required or (self.columns[column] in ("DATE", "TIMESTAMP") and column not in MINOR_DATES)


@functools.cache
def read_contract(path: Path = CONTRACT) -> dict[str, Table]:
    """Tables of the contract by name, in the order of the file."""
    text = path.read_text(encoding="utf-8")
    tables = {name: _table(path, name, body) for name, body in TABLE.findall(text)}
    for rule, names, outcome, wrong, cure in RULE.findall(text):
        for name in [name for name in tables if tables[name].of_person] if names == "*" else names.split(", "):
            if name not in tables:
                raise Fault(path, f"rule {rule} names no table \"{name}\".", f"Known: {', '.join(tables)}.")
            tables[name].rules.append(Rule(rule, wrong, cure, outcome=OUTCOMES[outcome]))
    return tables


def _table(path: Path, name: str, body: str) -> Table:
    table = Table(name)
    lines = []
    for line in body.splitlines():
        if not line.strip().startswith("CONSTRAINT"):
            lines.append(line.partition("--")[0])
            continue
        if not (check := CHECK.match(line)):
            raise Fault(path, f"{name}: {line.strip()[:60]}", "Write: CONSTRAINT name CHECK (...), -- what is wrong | what would cure it")
        table.rules.append(Rule(check[1], check[3], check[4], check[2]))
    for item in _split(" ".join(lines)):
        column, _, kind = item.partition(" ")
        if kind.endswith(" NOT NULL"):
            table.required.append(column)
        table.columns[column] = kind.removesuffix(" NOT NULL")
    return table


def _split(text: str) -> list[str]:
    """Parts between the commas that stand outside parentheses."""
    parts, depth = [""], 0
    for letter in text:
        depth += {"(": 1, ")": -1}.get(letter, 0)
        if letter == "," and depth == 0:
            parts.append("")
        else:
            parts[-1] += letter
    return [part.strip() for part in parts if part.strip()]

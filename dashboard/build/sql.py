"""The only place that executes SQL files.

A file is one SELECT and makes one relation: queries/<layer>/<relation>.sql -> <layer>.<relation>. A folder in a layer is one relation
in parts: the UNION ALL BY NAME of its files. Comment lines at the top of a file are its head: the first says the grain;
`-- view` makes a view instead of a table; `-- sorted by a, b` orders the table that the folder's parts make.
"""

import json
import re
from dataclasses import dataclass
from pathlib import Path

from dashboard import database
from dashboard.errors import Fault
from dashboard.settings import QUERIES

TABLE_AS_TEXT = re.compile(r"(extract|valid|coded|evidence|result|history|mart|reference)\.[a-z_]+")


@dataclass(frozen=True)
class Relation:
    """One relation of a layer: its name, its SELECT and what its head asks for."""
    layer: str
    name: str
    path: Path
    text: str
    view: bool = False
    sorted_by: str = ""

    @property
    def full_name(self) -> str:
        return f"{self.layer}.{self.name}"


def relations(layer: str, queries: Path = QUERIES) -> list[Relation]:
    """The relations of a layer, by name; none when the layer has no folder."""
    entries = [e for e in (queries / layer).glob("*") if e.is_dir() or e.suffix == ".sql"]
    return [relation(e) for e in sorted(entries, key=lambda e: e.stem) if e.suffix == ".sql" or any(e.glob("*.sql"))]


def relation(path: Path) -> Relation:
    """The relation of a file or of a folder of parts."""
    texts = [part.read_text(encoding="utf-8").strip().rstrip(";") for part in (sorted(path.glob("*.sql")) if path.is_dir() else [path])]
    heads = [mark for text in texts for mark in _head(text)]
    text = texts[0] if not path.is_dir() else "\nUNION ALL BY NAME\n".join(f"(\n{text}\n)" for text in texts)
    order = next((mark.removeprefix("sorted by ") for mark in heads if mark.startswith("sorted by ")), "")
    return Relation(path.parent.name, path.stem, path, text, "view" in heads, order)


def _head(text: str) -> list[str]:
    lines = []
    for line in text.splitlines():
        if not line.startswith("--"):
            break
        lines.append(line[2:].strip())
    return lines


def create(connection, item: Relation, parameters: dict, catalog: str = "", views: bool = True) -> int:
    """Make the relation in its schema and give its rows.

    catalog: name of an attached database that gets the relation; what the SELECT reads stays where it is.
    views: False makes tables of views too: of little data, planning a view anew in each query costs more than its rows.
    """
    select = item.text if not item.sorted_by else f"SELECT * FROM (\n{item.text}\n) ORDER BY {item.sorted_by}"
    kind = "VIEW" if item.view and views and not catalog else "TABLE"
    name = f"{catalog}.{item.full_name}" if catalog else item.full_name
    execute(connection, f"CREATE OR REPLACE {kind} {name} AS\n{select}", parameters, place=item.path)
    return connection.execute(f"SELECT count(*) FROM {name}").fetchone()[0]


def query(connection, path: Path, parameters: dict) -> "database.Connection":
    """Run the SELECT of a file (or of a folder of parts) and leave its result on the connection."""
    return execute(connection, relation(path).text, parameters, place=path)


def script(connection, path: Path, parameters: dict | None = None) -> None:
    """Run every statement of a file: macros, DDL."""
    execute(connection, path.read_text(encoding="utf-8"), parameters or {}, place=path)


def execute(connection, text: str, parameters: dict, place: Path):
    """Run statements, binding to each only the `$parameters` that it names; an error says which file."""
    try:
        for statement in connection.extract_statements(text):
            named = statement.named_parameters
            missing = sorted(named - parameters.keys())
            if missing:
                raise Fault(place, f"names ${', $'.join(missing)}.", f"Known: ${', $'.join(sorted(parameters))}.")
            connection.execute(statement, {name: parameters[name] for name in named})
    except database.Error as error:
        error.add_note(f"in {place}")
        raise
    return connection


def parameters(connection, text: str) -> set[str]:
    """The `$parameters` that a text names."""
    return {name for statement in connection.extract_statements(text) for name in statement.named_parameters}


def reads(connection, text: str) -> set[str]:
    """The names that the SELECTs of a text read, sub-queries included: `schema.table`, or `table` where no schema is said; no CTEs.

    A name given as a text, as `query_table('coded.event')` and macros over it take it, counts as read.
    """
    found: set[str] = set()
    named: set[str] = set()
    for statement in connection.extract_statements(text):
        tree = json.loads(connection.execute("SELECT json_serialize_sql(?)", [statement.query]).fetchone()[0])
        if tree["error"]:
            raise Fault("json_serialize_sql", tree["error_message"], "Only a SELECT can be read.")
        _collect(tree, found, named)
    return found - named


def quoted(text: object) -> str:
    """A text or path for use between single quotes, where SQL takes no parameter (ATTACH, COPY)."""
    return str(text).replace("'", "''")


def _collect(node, found: set[str], named: set[str]) -> None:
    if isinstance(node, list):
        for child in node:
            _collect(child, found, named)
    elif isinstance(node, dict):
        if node.get("type") == "BASE_TABLE":
            found.add(".".join(filter(None, (node["schema_name"], node["table_name"]))))
        named.update(entry["key"] for entry in (node.get("cte_map") or {}).get("map", ()))
        if node.get("class") == "CONSTANT" and TABLE_AS_TEXT.fullmatch(node.get("literal", {}).get("text") or ""):
            found.add(node["literal"]["text"])
        for child in node.values():
            _collect(child, found, named)

"""The only place that executes SQL files.

A file is one SELECT and makes one relation: queries/<layer>/<relation>.sql -> <layer>.<relation>. A folder in a layer is one relation
in parts: the UNION ALL BY NAME of its files. Comment lines at the top of a file are its head: the first says the grain;
`-- view` makes a view instead of a table; `-- sorted by a, b` orders the table (of a folder: each part's rows); `-- long` starts it before the
others of its layer, `-- first` a part before the others of its folder; `-- beside the cards` makes it, of `result` or `mart`, while cards are asked:
it reads nothing that cards make. How a refresh brings a relation of `mart` up to date stands there too: `-- per person`, `-- counts: a, b` (these
columns add up over people), `-- whole`, or `-- at full builds`: only a full build makes it, in whatever layer it is. `-- by fact`, beside
`-- per person` or `-- view`: what it says of a fact hangs on the rows of coded.event of that fact alone, and on no $parameter. `-- in pieces`, of
a sorted relation of people: of many it is made one range of them after the other, beside the cards from the copy of their events that the cards read.
Both name coded.event as that, not in a text. `-- large`: where a build has many rows it lies in a file. `-- per file`, of layer `extract`: what it
says of a file hangs on the rows of that file alone, and is asked once (dashboard/build/asked.py).
"""

import json
import re
from dataclasses import dataclass, replace
from pathlib import Path

from dashboard import database, parallel
from dashboard.build import pieces
from dashboard.errors import Fault
from dashboard.settings import QUERIES

# What a text reads and gives is asked once a process: it hangs on nothing but the text and the contract, and asking means planning it.
READ: dict[str, frozenset[str]] = {}
GIVEN: dict[tuple[Path, str], str] = {}
PARSED: dict[str, list] = {}  # a process that refreshes runs the same texts at every pass; no parse hangs on the connection that made it
FULL, PER_FILE = "at full builds", "per file"
# What judges or spells the rows of other relations, and gives none itself.
JUDGING = {"extract.every_row", "extract.broken_row", "valid.code", "valid.covered_person"}
TABLE_AS_TEXT = re.compile(r"(extract|valid|coded|evidence|result|history|mart|reference)\.[a-z_]+")


@dataclass(frozen=True)
class Relation:
    """One relation of a layer: its name, the SELECTs of its parts with the names of their files, and what its head asks for."""
    layer: str
    name: str
    path: Path
    parts: tuple[str, ...]
    names: tuple[str, ...]
    view: bool = False
    sorted_by: str = ""
    kind: str = ""
    counts: tuple[str, ...] = ()
    long: bool = False
    beside: bool = False
    by_fact: bool = False
    in_pieces: bool = False
    large: bool = False

    @property
    def full_name(self) -> str:
        return f"{self.layer}.{self.name}"

    @property
    def text(self) -> str:
        """The relation as one SELECT."""
        return self.parts[0] if len(self.parts) == 1 else "\nUNION ALL BY NAME\n".join(f"(\n{part}\n)" for part in self.parts)


def relations(layer: str, queries: Path = QUERIES) -> list[Relation]:
    """The relations of a layer, by name; none when the layer has no folder."""
    entries = [e for e in (queries / layer).glob("*") if e.is_dir() or e.suffix == ".sql"]
    return [relation(e) for e in sorted(entries, key=lambda e: e.stem) if e.suffix == ".sql" or any(e.glob("*.sql"))]


def relation(path: Path) -> Relation:
    """The relation of a file or of a folder of parts."""
    files = sorted(path.glob("*.sql")) if path.is_dir() else [path]
    parts = [(file, file.read_text(encoding="utf-8").strip().rstrip(";")) for file in files]
    files, texts = zip(*sorted(parts, key=lambda part: "first" not in _head(part[1])), strict=True)
    heads = [mark for text in texts for mark in _head(text)]
    order = next((mark.removeprefix("sorted by ") for mark in heads if mark.startswith("sorted by ")), "")
    counts = next((mark.removeprefix("counts: ") for mark in heads if mark.startswith("counts: ")), "")
    kind = "counts" if counts else next((kind for kind in ("per person", "whole", FULL, PER_FILE) if kind in heads), "")
    names = tuple(file.stem for file in files)
    return Relation(path.parent.name, path.stem, path, texts, names, "view" in heads, order, kind, tuple(counts.split(", ")) if counts else (),
                    "long" in heads, "beside the cards" in heads, "by fact" in heads, "in pieces" in heads, "large" in heads)


def _head(text: str) -> list[str]:
    lines = []
    for line in text.splitlines():
        if not line.startswith("--"):
            break
        lines.append(line[2:].strip())
    return lines


def create(connection, item: Relation, parameters: dict, catalog: str = "", views: bool = True, threads: int = 1) -> int:
    """Make the relation in its schema and give its rows.

    catalog: name of an attached database that gets the relation; what the SELECT reads stays where it is.
    views: False makes tables of views too (but of those by fact), and plans no query whose namesake in an earlier layer has no rows: of little data,
    planning costs more than rows. threads: more than one makes parts of much data side by side, on cursors of the connection, so what they read must
    be committed.
    """
    name = f"{catalog}.{item.full_name}" if catalog else item.full_name
    if item.large and not catalog and database.has_large(connection):
        # As the files have its rows: memory holds no sort of so many.
        create(connection, replace(item, sorted_by=""), parameters, database.LARGE, views, threads)
        connection.execute(f"CREATE OR REPLACE VIEW {name} AS FROM {database.LARGE}.{name}")
    elif item.kind == PER_FILE and _is_asked(connection, item):
        connection.execute(f"CREATE OR REPLACE TABLE {name} AS FROM asked.{item.name}")
    elif item.view and (views or item.by_fact) and not catalog:
        execute(connection, f"CREATE OR REPLACE VIEW {name} AS\n{item.text}", parameters, place=item.path)
    elif item.in_pieces and catalog:
        _create_in_pieces(connection, item, parameters, catalog)
    elif len(item.parts) == 1 and (views or any(_has_rows(connection, *part) for part in zip(item.names, item.parts, strict=True))):
        execute(connection, f"CREATE OR REPLACE TABLE {name} AS\n{_sorted(item, item.text)}", parameters, place=item.path)
    else:
        _create_of_parts(connection, item, name, parameters, views, threads)
    return connection.execute(f"SELECT count(*) FROM {name}").fetchone()[0]


def _create_in_pieces(connection, item: Relation, parameters: dict, catalog: str) -> None:
    """So many people at a time that the sort of their rows fits into the memory of a build; one insert after the other leaves the table sorted."""
    connection.execute(f"DROP TABLE IF EXISTS {catalog}.{item.full_name}")
    for some in pieces.ranges(connection, "coded.person"):
        add(connection, item, parameters, catalog, some, f"(FROM coded.event WHERE {some})")


def add(connection, item: Relation, parameters: dict, catalog: str, some: str, events: str) -> None:
    """The rows of a range of people (see build.pieces) to a relation of an attached database; the first makes it. events: a relation of theirs."""
    name, text = f"{catalog}.{item.full_name}", over_events(item, events)
    connection.execute(f"CREATE TABLE IF NOT EXISTS {name} AS FROM ({_shape(connection, item, item.text, parameters)}) LIMIT 0")
    execute(connection, f"INSERT INTO {name}\n{_sorted(item, f'SELECT * FROM ({text}) WHERE {some}')}", parameters, place=item.path)


def over_events(item: Relation, events: str) -> str:
    """The SELECT of a relation over other rows than those of coded.event."""
    return re.sub(r"\bcoded\.event\b", events, item.text)


def _is_asked(connection, item: Relation) -> bool:
    # Schemas first: to look into every catalog for a table takes longer, and what fails ends a transaction.
    there = connection.execute("SELECT 1 FROM duckdb_schemas() WHERE schema_name = 'asked'").fetchone()
    return bool(there and connection.execute("SELECT 1 FROM duckdb_tables() WHERE schema_name = 'asked' AND table_name = ?", [item.name]).fetchone())


def _create_of_parts(connection, item: Relation, name: str, parameters: dict, views: bool, threads: int) -> None:
    """A part at a time: planning one long union takes several times as long, and sorting it more memory. Of much data as many at a time as there are
    cores: what one part plans or sorts on one core leaves the other to the next."""
    shapes = [_shape(connection, item, part, parameters) for part in item.parts]
    connection.execute(f"CREATE OR REPLACE TABLE {name} AS FROM ({' UNION ALL BY NAME '.join(shapes)}) LIMIT 0")

    def insert(cursor, part: str) -> None:
        execute(cursor, f"INSERT INTO {name} BY NAME\n{_sorted(item, part)}", parameters, place=item.path)

    if views and threads > 1:
        parallel.each(connection, insert, item.parts)
        return
    for of_part, part in zip(item.names, item.parts, strict=True):
        if views or _has_rows(connection, of_part, part):
            insert(connection, part)


def _shape(connection, item: Relation, part: str, parameters: dict) -> str:
    """A SELECT of the columns and types of a part."""
    if (item.path, part) not in GIVEN:
        columns = execute(connection, f"DESCRIBE\n{part}", parameters, place=item.path).fetchall()
        GIVEN[item.path, part] = "SELECT " + ", ".join(f'CAST(NULL AS {column[1]}) AS "{column[0]}"' for column in columns)
    return GIVEN[item.path, part]


def _has_rows(connection, name: str, part: str) -> bool:
    """False when the relation from which the part has its name and its rows (coded.event/allergy: valid.allergy) has none, or where none of
    the relations has any that it may have its rows from."""
    source = sources(connection, name, part)
    return not source or any(connection.execute(f"SELECT 1 FROM {one} LIMIT 1").fetchone() for one in source)


def sources(connection, name: str, part: str) -> list[str]:
    """The relations of extract and valid from which a part has its rows: its namesake, else all that it reads and that do not only judge; [] when
    that is not to be told."""
    read = [one for one in sorted(reads(connection, part)) if one.startswith(("extract.", "valid.")) and one not in JUDGING]
    namesakes = [one for one in read if one.partition(".")[2] == name]
    return namesakes if len(namesakes) == 1 else read


def _sorted(item: Relation, select: str) -> str:
    return f"SELECT * FROM (\n{select}\n) ORDER BY {item.sorted_by}" if item.sorted_by else select


def query(connection, path: Path, parameters: dict) -> "database.Connection":
    """Run the SELECT of a file (or of a folder of parts) and leave its result on the connection."""
    return execute(connection, relation(path).text, parameters, place=path)


def script(connection, path: Path, parameters: dict | None = None) -> None:
    """Run every statement of a file: macros, DDL."""
    execute(connection, path.read_text(encoding="utf-8"), parameters or {}, place=path)


def execute(connection, text: str, parameters: dict, place: Path):
    """Run statements, binding to each only the `$parameters` that it names; an error says which file."""
    try:
        statements = PARSED.get(text) or PARSED.setdefault(text, connection.extract_statements(text))
    except database.Error as error:
        error.add_note(f"in {place}")
        raise
    return run(connection, statements, parameters, place)


def run(connection, statements: list, parameters: dict, place: Path):
    """Run what `extract_statements` gave: a text that is asked again and again is parsed once."""
    try:
        for statement in statements:
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
    if text in READ:
        return set(READ[text])
    found: set[str] = set()
    named: set[str] = set()
    for statement in connection.extract_statements(text):
        tree = json.loads(connection.execute("SELECT json_serialize_sql(?)", [statement.query]).fetchone()[0])
        if tree["error"]:
            raise Fault("json_serialize_sql", tree["error_message"], "Only a SELECT can be read.")
        _collect(tree, found, named)
    READ[text] = frozenset(found - named)
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

"""Fixtures for intake: a sender's folder to put files in, and a home directory that takes them in."""

import gzip
import json
from pathlib import Path

import drawn
import pytest

from dashboard import database
from dashboard.intake import intake

SHARED = Path(__file__).parents[3] / "shared"


class Sender:
    """A folder of files that make a delivery."""

    def __init__(self, folder: Path):
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)

    def ndjson(self, name: str, *resources, zipped: bool = False) -> Path:
        """One resource (or any text) a line."""
        text = "".join((r if isinstance(r, str) else json.dumps(r)) + "\n" for r in resources)
        return self.bytes(name, gzip.compress(text.encode()) if zipped else text.encode())

    def csv(self, name: str, table: str, encoding: str = "utf-8") -> Path:
        """A drawn table (cells between bars) as CSV; cells are written as drawn."""
        lines = [[cell.strip() for cell in line.split("|")] for line in table.strip().splitlines()]
        return self.bytes(name, "".join(",".join(line) + "\n" for line in lines).encode(encoding))

    def parquet(self, name: str, select: str) -> Path:
        """A SELECT as parquet."""
        path = self._path(name)
        drawn._scratch().execute(f"COPY ({select}) TO '{path}' (FORMAT parquet)")
        return path

    def bytes(self, name: str, content: bytes) -> Path:
        """A file as it is."""
        self._path(name).write_bytes(content)
        return self._path(name)

    def manifest(self, **body) -> None:
        """_manifest.json; contract_version 1 unless told."""
        self.bytes("_manifest.json", json.dumps({"contract_version": "1"} | body).encode())

    def _path(self, name: str) -> Path:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        return path


class House:
    """A home directory."""

    def __init__(self, home: Path):
        self.home = home

    def take(self, sender, **options):
        """Take one delivery in; its report."""
        return self.take_all(sender, **options).deliveries[0]

    def take_all(self, sender, **options):
        """Take deliveries in; the whole report (a replayed delivery makes more than one)."""
        return intake(sender.folder if isinstance(sender, Sender) else sender, self.home, **options)

    def extract(self, table: str, columns: str = "*") -> drawn.Rows:
        """The accepted rows of an extract table."""
        paths = [str(self.home / path) for path, in self.ask(f"SELECT path FROM file WHERE accepted AND table_name = '{table}' ORDER BY file_no").cells]
        return _rows(f"SELECT {columns} FROM read_parquet({paths}, union_by_name = true)" if paths else "SELECT 1 AS nothing WHERE FALSE")

    def ask(self, query: str) -> drawn.Rows:
        """A query on the ledger."""
        return _rows(query, self.home / "intake.duckdb")

    def people(self) -> dict[str, int]:
        """(source id -> person) as the registry means it now."""
        from dashboard.intake import registry
        connection = database.connect()
        try:
            connection.execute(f"ATTACH '{self.home / 'intake.duckdb'}' AS ledger (READ_ONLY)")
            meant = dict(registry.people_of(connection).fetchall())
            return {person_id: meant[key] for key, person_id in connection.execute(
                "SELECT person_key, data_source || '/' || person_id FROM ledger.person_link").fetchall()}
        finally:
            connection.close()

    def standing(self) -> tuple:
        """All that counts: what a refused file must leave as it was."""
        if not (self.home / "intake.duckdb").exists():
            return ()
        tables = [self.ask(f"SELECT * FROM {table} ORDER BY ALL").cells for table in ("delivery", "file", "person_link", "person_merge", "person_identifier")]
        return tables, sorted(str(path) for path in (self.home / "extract").rglob("*.parquet"))


def _rows(query: str, path: Path | None = None) -> drawn.Rows:
    connection = database.connect(path, read_only=True) if path else drawn._scratch().cursor()
    try:
        answer = connection.execute(query)
        return drawn.Rows([d[0] for d in answer.description], answer.fetchall(), [str(d[1]) for d in answer.description])
    finally:
        connection.close()


@pytest.fixture
def house(tmp_path):
    """An empty home directory."""
    return House(tmp_path / "home")


@pytest.fixture
def sender(tmp_path):
    """sender("monday") makes a sender's folder."""
    return lambda name="sent": Sender(tmp_path / "senders" / name)


@pytest.fixture
def shared():
    """Real input beside the checkout; tests over it are skipped where it is absent."""
    if not SHARED.exists():
        pytest.skip("../shared is not here: real input is not part of the project")
    return SHARED

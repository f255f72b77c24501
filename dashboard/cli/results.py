"""huddleboard results: every (measure, rate, person) with its status, as a file."""

import tempfile
from pathlib import Path

from dashboard.cli.options import add_home, home_of
from dashboard.errors import Fault

FORMATS = {".parquet": "FORMAT parquet", ".csv": "FORMAT csv, HEADER"}


def add_parser(subparsers) -> None:
    parser = subparsers.add_parser("results", description="Write every (measure, rate, person) of the published version with its status.")
    add_home(parser)
    parser.add_argument("--out", required=True, type=Path, metavar="FILE", help="F.parquet or F.csv")
    parser.set_defaults(handler=run)


def run(arguments) -> None:
    """The file appears whole or not at all."""
    from dashboard import database
    from dashboard.build import sql
    from dashboard.settings import QUERIES
    out = arguments.out
    if out.suffix not in FORMATS:
        raise Fault(out, f"no format for {out.suffix or 'a file without ending'}.", "End it in .parquet or .csv.")
    if not out.absolute().parent.is_dir():
        raise Fault(out, "its folder does not exist.", "Make it first.")
    half, scratch = out.with_name(f".{out.name}.half"), tempfile.TemporaryDirectory()
    connection = database.connect_published(home_of(arguments), scratch=Path(scratch.name))
    try:
        item = sql.relation(QUERIES / "export" / "results.sql")
        sql.execute(connection, f"COPY (\n{item.text}\n) TO '{sql.quoted(half)}' ({FORMATS[out.suffix]})", {}, place=item.path)
        half.replace(out)
    finally:
        connection.close()
        half.unlink(missing_ok=True)
        scratch.cleanup()

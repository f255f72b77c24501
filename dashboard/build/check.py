"""Checks of a build before it is published: queries/check/*.sql, each a claim as a sentence that gives the rows which contradict it."""

import time
from pathlib import Path

from dashboard import parallel
from dashboard.build import sql
from dashboard.build.progress import Progress
from dashboard.errors import CheckFailed
from dashboard.settings import QUERIES

SHOWN = 3


def run_checks(connection, parameters: dict, progress: Progress | None = None, queries: Path = QUERIES) -> None:
    """Run every check; CheckFailed names all that fail, with how many rows contradict and the first of them."""
    progress = progress or Progress()

    def fault(cursor, item: sql.Relation) -> str | None:
        began = time.monotonic()
        sql.execute(cursor, item.text, parameters, place=item.path)
        columns, offenders = [column[0] for column in cursor.description], cursor.fetchall()
        progress.done(f"check.{item.name}", began, None, len(offenders))
        return _fault(item, columns, offenders, queries) if offenders else None

    if faults := [one for one in parallel.each(connection, fault, sql.relations("check", queries)) if one]:
        cure = "\n".join(["The last good numbers stay.", *faults])
        raise CheckFailed("not published", f"{len(faults)} of the build's checks failed.", cure)


def _fault(item: sql.Relation, columns: list[str], offenders: list[tuple], queries: Path) -> str:
    claim = item.name.replace("_", " ").capitalize()
    first = "; ".join(", ".join(f"{name} {value}" for name, value in zip(columns, row, strict=True)) for row in offenders[:SHOWN])
    return f"{item.path.relative_to(queries.parent)}: {claim}: {len(offenders):,} rows say otherwise, first: {first}"

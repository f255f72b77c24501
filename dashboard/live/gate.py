"""What must not be published without a person's look: a file whose rows are refused, numbers that fall as they do when a file is half or wrong."""

from collections import OrderedDict
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, nullcontext
from datetime import UTC
from pathlib import Path

from dashboard import database
from dashboard.build import publish

PEOPLE, CLOSED = 0.10, 0.05  # share of the people on work lists, and of the closed among all that is counted, that may be lost in one pass
REJECTED, LEAST = 0.10, 50  # of a new file: share of its rows, and rows, refused from which on the file is wrong and not a few of its rows
EXAMPLES = 5  # rules named
REMEMBERED = 2  # versions: the served one and the coming one
# A source row's number begins with its file's (file_of in queries/macros_mart.sql).
BAD_FILES = """
    SELECT f.file_no, f.received_at, f.table_name, f.file_name, least(1, r.refused / f.row_count) AS share
    FROM mart.file AS f
    JOIN (SELECT source_row >> 36 AS file_no, count(DISTINCT source_row) AS refused FROM kept.valid_reject GROUP BY ALL) AS r USING (file_no)
    WHERE f.delivery_no > $last AND r.refused >= $least AND r.refused > $rejected * f.row_count ORDER BY share DESC, f.file_no"""
WRONG = """
    SELECT count(*) AS rows, any_value(wrong) AS wrong, any_value(cure) AS cure, min(row_number) AS first_row FROM kept.valid_reject
    WHERE source_row >> 36 = $file_no GROUP BY rule ORDER BY rows DESC, rule LIMIT $examples"""
NUMBERS = """
    SELECT (SELECT coalesce(sum(people), 0)::BIGINT FROM mart.panel_count WHERE contract IS NULL) AS people,
        (SELECT sum(units) FILTER (status = 'closed') / sum(units) FROM mart.rate_count WHERE plan_key = 'all' AND aspect = 'all') AS closed,
        (SELECT year(as_of) FROM mart.version) AS year, (SELECT max(delivery_no) FROM mart.file) AS last"""

TOLD: OrderedDict[tuple, tuple] = OrderedDict()  # (home, version, moment of its file) -> what NUMBERS says of it


def falls(home: Path, built: Path, base: Path | None, opened=None, numbers: tuple | None = None) -> str | None:
    """In words what falls too far from the served version to a built one (base: of an overlay; opened: a connection that still has it in use, and
    what `weighed` says of it), or which new file is bad, on further lines why; None when nothing is, or a person accepted it."""
    if publish.served(home) is None or publish.accepted(home):
        return None
    served = database.current_file(home)
    with ThreadPoolExecutor(1) as pool, nullcontext(opened) if opened else closing(database.connect_version(built, base)) as coming:
        before = pool.submit(_numbers, served)
        new_people, new_closed, new_year, _ = numbers or weighed(coming)
        people, closed, year, last = before.result()
        found, rows = _bad_files(coming, last or 0)
    if new_people < people * (1 - PEOPLE):
        found.append(f"people on work lists fall from {people:,} to {new_people:,}")
    # Each January every count begins anew.
    if closed is not None and year == new_year and (new_closed or 0) < closed - CLOSED:
        found.append(f"what is closed falls from {closed:.1%} to {new_closed or 0:.1%}")
    return "\n".join([" and ".join(found), *rows]) if found else None


def weighed(connection) -> tuple:
    """What NUMBERS says of the version that is in use on a connection."""
    return connection.execute(NUMBERS).fetchone()


def remember(path: Path, numbers: tuple) -> None:
    """What a published version says: a process that makes many passes need not look again."""
    TOLD[_key(path)] = numbers
    while len(TOLD) > REMEMBERED:
        TOLD.popitem(last=False)


def _numbers(path: Path) -> tuple:
    if (told := TOLD.get(_key(path))) is None:
        with closing(database.connect_version(path, database.base_of(path))) as connection:
            told = weighed(connection)
        remember(path, told)
    return told


def _key(path: Path) -> tuple:
    return path.parents[1], publish.number(path.name), path.stat().st_mtime_ns


def _bad_files(coming, last: int) -> tuple[list[str], list[str]]:
    """(the sentence on the worst new file, its rows by rule) of a built version; last: the newest delivery that is served."""
    bad = coming.execute(BAD_FILES, {"last": last, "least": LEAST, "rejected": REJECTED}).fetchall()
    if not bad:
        return [], []
    file_no, received_at, table_name, file_name, share = bad[0]
    at = received_at.replace(tzinfo=UTC).astimezone()
    rows = [f"{table_name}, {file_name}: {count:,} rows, {wrong}; {cure.rstrip('.')}. First row {first_row:,}."
            for count, wrong, cure, first_row in coming.execute(WRONG, {"file_no": file_no, "examples": EXAMPLES}).fetchall()]
    more = f", and {len(bad) - 1} more" if len(bad) > 1 else ""
    return [f"file received {at:%H:%M} has {share:.0%} rows rejected{more}".replace("%", " %")], rows

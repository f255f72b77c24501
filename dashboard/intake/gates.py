"""The gates that a file passes before and while it is read. What fails is refused with file, rule, what was found and what would cure it."""

import contextlib
import re
from pathlib import Path

from dashboard import database
from dashboard.intake.delivery import HALF_WRITTEN, Delivery, SentFile
from dashboard.intake.manifest import Manifest
from dashboard.intake.report import Problem, Refused

# What DuckDB says of a file that it cannot read -> rule, found, cure. Its own words may quote a record and are not repeated.
DAMAGE = [
    (r"unicode|utf-?8|encoding", "encoding", "bytes that are no UTF-8.",
     'Send UTF-8, or declare it in _manifest.json: "encoding": "latin-1".'),
    (r"magic bytes|too small to be a parquet|footer", "truncated", "the end of the file is missing.", "Send it again, complete."),
    (r"snappy|zstd|decompress|gzip|inflate|corrupt|thrift|tprotocol|page|checksum", "damaged",
     "its compressed content is damaged.", "Send it again."),
    (r"line size|maximum.?line|buffer.?size", "long_line", "a line is longer than can be read.", "One record or resource a line."),
]
ROW_CHANGE = 0.3


def waits_for(place: Path, manifest: Manifest | None, file_names: list[str]) -> str | None:
    """Case 13: why a folder is not complete yet; None when it is."""
    if not place.is_dir():
        return None
    names = {str(p.relative_to(place)) for p in place.rglob("*") if p.is_file()}
    if half := sorted(n for n in names if n.lower().endswith(HALF_WRITTEN)):
        return f"{half[0]} is still being written"
    if manifest is not None and (missing := sorted(manifest.files.keys() - names)):
        return f"the manifest names {missing[0]}, which is not here yet"
    done = {n.removesuffix(".done") for n in names if n.endswith(".done")}
    if done and not done & {"", "_", "_SUCCESS"} and (undone := sorted(n for n in file_names if n not in done)):
        return f"{undone[0]} has no .done beside it yet"
    return None


def check_bytes(delivery: Delivery) -> None:
    """Cases 1, 2 and 3 as far as bytes tell; all faults at once."""
    problems = [problem for file in delivery.files for problem in _bytes_faults(file, delivery.manifest)]
    if problems:
        raise Refused(problems)


def _bytes_faults(file: SentFile, manifest: Manifest):
    if file.size == 0:
        yield Problem(file.name, "zero_bytes", "the file is empty.", "Send it again, or leave it out.")
        return
    said = manifest.files.get(file.name, {}).get("sha256")
    if said and said.lower() != file.sha256:
        yield Problem(file.name, "sha256", "its content is not what the manifest was written for.", "Send file and manifest again, together.")
    if file.name.endswith(".parquet"):
        with file.path.open("rb") as stream:
            start = stream.read(4)
            stream.seek(-min(4, file.size), 2)
            end = stream.read(4)
        if start != b"PAR1" or end != b"PAR1":
            yield Problem(file.name, "truncated", "no parquet mark at its start and end.", "Send it again, complete.")


@contextlib.contextmanager
def reading(file: SentFile):
    """Turn DuckDB's errors about the bytes of a file into a refusal; other errors are ours and pass."""
    try:
        yield
    except database.Error as error:
        for pattern, rule, found, cure in DAMAGE:
            if re.search(pattern, str(error), re.IGNORECASE):
                raise Refused([Problem(file.name, rule, found, cure)]) from None
        raise


def check_rows(delivery: Delivery, rows: dict[str, int], strict: bool) -> None:
    """Case 4, and rows against the manifest. rows: of each file, as read; strict: a file without rows is a fault where nothing says 0."""
    problems = []
    for file in delivery.files:
        said, found = delivery.manifest.files.get(file.name, {}).get("row_count"), rows.get(file.name)
        if found is None:
            continue
        if said is not None and said != found:
            problems.append(Problem(file.name, "row_count", f"{found:,} rows, the manifest says {said:,}.",
                                    "Send file and manifest again, together."))
        elif found == 0 and said is None and strict:
            problems.append(Problem(file.name, "no_rows", "the file has no rows.", 'Leave it out, or say "row_count": 0 in the manifest.'))
    if problems:
        raise Refused(problems)


def check_kind(connection, delivery: Delivery, tenant: str, rows: int) -> None:
    """Case 10: a full delivery where a delta is announced, or the reverse, by its rows against the full one that stands."""
    if delivery.manifest.made:
        return
    last = connection.execute("""
        SELECT row_count FROM ledger.delivery
        WHERE tenant = $tenant AND data_source = $source AND feed = $feed AND kind = 'full' AND status = 'accepted'
            AND sequence IS DISTINCT FROM $sequence
        ORDER BY delivery_no DESC LIMIT 1""", {"tenant": tenant, "source": delivery.data_source, "feed": delivery.manifest.feed,
                                               "sequence": delivery.manifest.sequence}).fetchone()
    if not last or not last[0]:
        return
    share = rows / last[0]
    found = f"{rows:,} rows, the last full delivery had {last[0]:,}."
    if delivery.manifest.kind == "full" and abs(share - 1) > ROW_CHANGE:
        cure = f'Is it a delta? Say "kind": "delta". A change over {ROW_CHANGE:.0%} needs a word first.'
        raise Refused([Problem(str(delivery.place), "full_or_delta", found, cure)])
    if delivery.manifest.kind == "delta" and share > 1 - ROW_CHANGE:
        raise Refused([Problem(str(delivery.place), "full_or_delta", found, 'Is it a full delivery? Say "kind": "full".')])

"""The order of a feed's deliveries: what is a repetition, what waits for its predecessor, what replaces what."""

import shutil
from pathlib import Path

from dashboard.intake.delivery import MANIFEST, Delivery

MINE = "tenant = $tenant AND data_source = $source AND feed = $feed"


def _key(delivery: Delivery, tenant: str) -> dict:
    return {"tenant": tenant, "source": delivery.data_source, "feed": delivery.manifest.feed}


def is_repetition(connection, delivery: Delivery, tenant: str) -> bool:
    """Case 9: the same bytes under the same names stand already."""
    return connection.execute("""
        SELECT count(*) FROM ledger.delivery WHERE tenant = ? AND data_source = ? AND sha256 = ? AND status IN ('accepted', 'held')
            AND delivery_no IS DISTINCT FROM ?""", [tenant, delivery.data_source, delivery.sha256, delivery.replays]).fetchone()[0] > 0


def must_wait(connection, delivery: Delivery, tenant: str) -> str | None:
    """Cases 11 and 12: why a delivery cannot stand yet; None when it can. Only a sequence that the sender gave binds."""
    manifest = delivery.manifest
    if manifest.made or manifest.sequence is None or manifest.kind == "full":
        return None
    sequences = [row[0] for row in connection.execute(
        f"SELECT DISTINCT sequence FROM ledger.delivery WHERE {MINE} AND status = 'accepted' AND sequence IS NOT NULL",
        _key(delivery, tenant)).fetchall()]
    if not sequences or manifest.sequence in sequences or manifest.sequence == max(sequences) + 1:
        return None
    if manifest.sequence > max(sequences):
        return f"sequence {max(sequences) + 1} is missing"
    return f"sequence {manifest.sequence} is older than {max(sequences)}, which stands"


def hold(connection, home: Path, delivery: Delivery, tenant: str, number: int, reason: str) -> None:
    """Keep a copy of the delivery until its turn comes."""
    forget(home, number)
    folder = home / "held" / str(number)
    for file in delivery.files:
        target = folder / file.name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(file.path, target)
    (folder / MANIFEST).write_text(delivery.manifest.as_json(), encoding="utf-8")
    record(connection, delivery, tenant, number, "held", reason, str(folder.relative_to(home)))


def next_held(connection, delivery: Delivery, tenant: str) -> tuple[int, str] | None:
    """(number, folder) of the held delivery whose turn it is now."""
    return connection.execute(f"""
        SELECT delivery_no, held_path FROM ledger.delivery
        WHERE {MINE} AND status = 'held' AND sequence = 1 + (
            SELECT max(sequence) FROM ledger.delivery WHERE {MINE} AND status = 'accepted')
        ORDER BY delivery_no DESC LIMIT 1""", _key(delivery, tenant)).fetchone()


def end_hold(connection, number: int, status: str) -> None:
    """A held delivery has been taken in under a new number ('replayed'), or was refused when its turn came."""
    connection.execute("UPDATE ledger.delivery SET status = ? WHERE delivery_no = ?", [status, number])


def forget(home: Path, number: int) -> None:
    """Remove the copy of a delivery that is held no longer."""
    shutil.rmtree(home / "held" / str(number), ignore_errors=True)


def replace_older(connection, delivery: Delivery, tenant: str, number: int) -> int:
    """A full delivery replaces all that its feed sent before, a sequence sent anew its earlier self; the number of files replaced."""
    if delivery.manifest.made:
        return 0
    older = [row[0] for row in connection.execute(f"""
        SELECT delivery_no FROM ledger.delivery
        WHERE {MINE} AND status = 'accepted' AND delivery_no < $number AND ($kind = 'full' OR sequence = $sequence)""",
        _key(delivery, tenant) | {"number": number, "kind": delivery.manifest.kind, "sequence": delivery.manifest.sequence}).fetchall()]
    connection.execute("UPDATE ledger.delivery SET status = 'replaced' WHERE list_contains($older, delivery_no)", {"older": older})
    return connection.execute("UPDATE ledger.file SET accepted = FALSE WHERE accepted AND list_contains($older, delivery_no)",
                              {"older": older}).fetchone()[0]


def record(connection, delivery: Delivery, tenant: str, number: int, status: str, reason: str | None = None,
           held_path: str | None = None) -> None:
    """Write the delivery's row of the ledger."""
    manifest = delivery.manifest
    connection.execute("""
        INSERT INTO ledger.delivery VALUES ($number, $tenant, $source, $feed, $format, $version, TRY_CAST($period_start AS DATE),
            TRY_CAST($period_end AS DATE), $kind, $sequence, $rows, $sha256, TRY_CAST(TRY_CAST($produced_at AS TIMESTAMPTZ) AS TIMESTAMP),
            $received_at, $status, $reason, $manifest, $held_path)""", {
        "number": number, "tenant": tenant, "source": delivery.data_source, "feed": manifest.feed, "format": delivery.format,
        "version": manifest.contract_version, "period_start": manifest.period_start, "period_end": manifest.period_end, "kind": manifest.kind,
        "sequence": None if manifest.made else manifest.sequence, "rows": delivery.report.row_count, "sha256": delivery.sha256,
        "produced_at": manifest.produced_at, "received_at": delivery.received_at, "status": status, "reason": reason, "manifest": manifest.as_json(),
        "held_path": held_path})

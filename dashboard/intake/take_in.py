"""Take deliveries in: gates, adapter, person registry, parquet files, ledger. Nothing counts before the ledger's transaction commits."""

import datetime
import shutil
import tempfile
from pathlib import Path

from dashboard.build import asked
from dashboard.intake import delivery as deliveries
from dashboard.intake import feed, formats, gates, ledger, manifest, registry, rejects, text_files, write
from dashboard.intake.delivery import Delivery
from dashboard.intake.report import DeliveryReport, IntakeReport, Problem, Refused


def intake(paths, home, format: str | None = None, tenant: str = "default", data_source: str | None = None, dry_run: bool = False,
           ask: bool = True) -> IntakeReport:
    """Take files or folders into the home directory.

    A folder is one delivery, the loose files of one folder another. format: fhir-r4, fhir-bundles, tuva or synthea-csv; None = seen from the
    files. data_source: who sends; None = as the manifest, else the folder's name, says. A refused delivery leaves everything as it was.
    dry_run: only report, on a copy of the ledger; then rows that the next build will refuse are counted too. ask: of many rows at once what builds
    want to know of each file (build/asked.py), which the caller does else.
    """
    places = deliveries.groups([paths] if isinstance(paths, (str, Path)) else list(paths))
    if not dry_run:
        report = _intake(places, Path(home), format, tenant, data_source)
        if ask:
            asked.ask_of_big(Path(home), report.deliveries)
        return report
    with tempfile.TemporaryDirectory(prefix="intake-") as folder:
        standing = Path(home) / "intake.duckdb"
        if standing.exists():
            shutil.copyfile(standing, Path(folder) / standing.name)
        report = _intake(places, Path(folder), format, tenant, data_source)
        rejects.count(Path(folder), report)
    for delivery in report.accepted:
        delivery.status, delivery.delivery_no = "checked", None
    return report


def _intake(places, home: Path, format, tenant, data_source) -> IntakeReport:
    report = IntakeReport()
    with ledger.opened(home) as connection:
        for place, files in places:
            turn: tuple[Path, list[Path], int | None] | None = (place, files, None)
            source = data_source
            while turn:
                done = _take_in(connection, home, turn, format, tenant, source)
                report.deliveries.append(done.report)
                if done.replays is not None:
                    feed.forget(home, done.replays)
                held = feed.next_held(connection, done, tenant) if done.report.status == "accepted" else None
                turn, source = (home / held[1], deliveries.data_files(home / held[1]), held[0]) if held else None, done.data_source
    return report


def _take_in(connection, home: Path, turn: tuple[Path, list[Path], int | None], format, tenant, data_source) -> Delivery:
    place, paths, replays = turn
    now = datetime.datetime.now(datetime.UTC).replace(tzinfo=None, microsecond=0)
    delivery = Delivery(home, place, [], data_source or "", manifest.Manifest(), now, replays=replays, report=DeliveryReport(str(place)))
    try:
        if waiting := _arrive(delivery, paths, format, data_source):
            delivery.report.status = "waiting"
            delivery.report.problems.append(
                Problem(str(place), "half_written", waiting + ".", "Nothing to do: it is taken in once it is whole."))
        elif feed.is_repetition(connection, delivery, tenant):
            delivery.report.status = "duplicate"
        elif reason := feed.must_wait(connection, delivery, tenant):
            number = ledger.next_delivery(connection)
            feed.hold(connection, home, delivery, tenant, number, reason)
            delivery.report.status, delivery.report.delivery_no = "held", number
            delivery.report.problems.append(
                Problem(str(place), "sequence", reason + ".", "Send what is missing, or a full delivery; this one is kept."))
        else:
            _accept(connection, home, delivery, tenant)
    except Refused as refusal:
        delivery.report.status = "refused"
        delivery.report.problems += refusal.problems
        if replays is not None:
            feed.end_hold(connection, replays, "refused")
    return delivery


def _arrive(delivery: Delivery, paths: list[Path], format, data_source) -> str | None:
    """Fill in what the folder and its manifest say; why it must wait, if it must."""
    place, report = delivery.place, delivery.report
    names = [str(path.relative_to(place)) if place.is_dir() else path.name for path in paths]
    sent = manifest.read(place, names)
    if waiting := gates.waits_for(place, sent, names):
        return waiting
    folder = (place if place.is_dir() else place.parent).resolve().name
    delivery.data_source = report.data_source = data_source or (sent and sent.source) or folder
    delivery.manifest = sent or manifest.made_for(delivery.data_source, names)
    delivery.received_at = min(delivery.received_at, delivery.manifest.first_received or delivery.received_at)
    delivery.manifest.feed = report.feed = delivery.manifest.feed or delivery.data_source
    report.sequence, report.files = delivery.manifest.sequence, len(paths)
    delivery.files = [deliveries.sent_file(i, path, name) for i, (path, name) in enumerate(zip(paths, names, strict=True))]
    delivery.format = report.format = formats.format_of(delivery, format)
    gates.check_bytes(delivery)
    return None


def _accept(connection, home: Path, delivery: Delivery, tenant: str) -> None:
    """Read, write and, in one transaction, let it count; what a failure had written is removed."""
    if delivery.manifest.encoding:
        scratch = home / "build" / "intake" / "decoded"
        delivery.files = [text_files.decoded(f, delivery.manifest.encoding, scratch) if f.is_text else f for f in delivery.files]
    adapter = formats.ADAPTERS[delivery.format]
    connection.execute(write.UNREADABLE)
    parts = adapter.read(connection, delivery)
    adapter.people(connection, delivery)
    delivery.report.new_people = registry.assign(connection, tenant)
    number = ledger.next_delivery(connection)
    try:
        files = write.write(connection, home, delivery, parts, number, adapter.RECORD_SOURCE)
        gates.check_rows(delivery, adapter.rows_read(connection, delivery), adapter.STRICT)
        gates.check_kind(connection, delivery, tenant, delivery.report.row_count)
        with ledger.transaction(connection):
            adapter.keep(connection, delivery)
            _enter(connection, delivery, tenant, number, files)
    except BaseException:
        write.tidy(home, number)
        delivery.report.rows, delivery.report.unreadable, delivery.report.new_people = {}, 0, 0
        raise
    delivery.report.delivery_no = number
    ledger.keep_manifest(home, number, delivery)


def _enter(connection, delivery: Delivery, tenant: str, number: int, files: list[tuple]) -> None:
    """The entries of the ledger that make a delivery count."""
    registry.keep(connection, tenant, number)
    registry.match(connection, tenant, number)
    registry.apply_crosswalk(connection, tenant, number)
    ledger.add_files(connection, files)
    ledger.add_warnings(connection, number, delivery)
    delivery.report.replaced_files = feed.replace_older(connection, delivery, tenant, number)
    feed.record(connection, delivery, tenant, number, "accepted")
    if delivery.replays is not None:
        feed.end_hold(connection, delivery.replays, "replayed")

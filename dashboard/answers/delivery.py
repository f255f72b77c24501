"""Services that answers tell of, as deliveries of contract tables: they go through the ledger and the build like what any sender sends."""

import csv
import os
import shutil
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from dashboard import database
from dashboard.answers.services import Service, services
from dashboard.errors import Fault
from dashboard.settings import MEASURES

FEED = "supplemental"  # rows keep the source and id by which the person is known
MARK = ".to-"  # a file's name says up to which answer it tells: the ledger itself knows what was delivered
RECORD_SOURCE = "supplemental_nonstandard"


def deliver(home: str | Path, now: datetime | None = None) -> int:
    """Take in what was answered "done" with all that a plan asks for since the last time, and take back what was undone or changed.

    Gives the rows delivered. What lacks something is kept and not delivered. Nothing happens without a state database.
    """
    home = Path(home)
    if not (os.environ.get("HUDDLEBOARD_STATE_URL") or (home / "state.sqlite").exists()) or not (home / "intake.duckdb").exists():
        return 0
    from dashboard.answers import keep
    from dashboard.state import open_store
    store = open_store(home)
    newest = keep.newest_id(store)
    last = _delivered(home) if newest else 0
    rows = _rows(keep, store, last, now or datetime.now(UTC).replace(tzinfo=None)) if newest > last else {}
    if rows:
        _take_in(home, rows, newest)
    return sum(map(len, rows.values()))


def _delivered(home: Path) -> int:
    """The last answer that a delivery tells of."""
    with closing(database.connect(home / "intake.duckdb", read_only=True)) as ledger:
        names = ledger.execute("SELECT file_name FROM file JOIN delivery USING (delivery_no) WHERE feed = ?", [FEED]).fetchall()
    return max((int(name.partition(MARK)[2].partition(".")[0]) for (name,) in names if MARK in name), default=0)


def _rows(keep, store, last: int, now: datetime) -> dict[str, list[dict]]:
    """Rows by contract table: of answers after `last` that hold, and, as taken back, of those delivered before that hold no more."""
    rows: dict[str, list[dict]] = {}
    changed = {gap for gap, *_ in keep.after(store, last)}
    for gap, (newest, told) in keep.told_of(store, changed).items():
        for supplement in told:
            service, holds = services().get((gap.measure_id, supplement.service)), supplement.answer_id == newest.id and keep.holds(newest)
            if service is not None and not supplement.lacks and (holds or supplement.answer_id <= last):
                rows.setdefault(service.table_name, []).extend(_of(service, supplement, "I" if holds else "D", now))
    return rows


def _of(service: Service, told, action: str, now: datetime) -> list[dict]:
    """A service as rows of its contract table: one, or one for each part of a blood pressure."""
    concepts, numbers = service.concept.split(), service.numbers(told.result) or [None]
    common = {"person_id": told.person_id, "data_source": told.data_source, "record_source": RECORD_SOURCE, "proof_uri": told.proof,
              "record_action": action, "source_updated_at": now.isoformat(" ", "seconds")}
    return [common | _ROWS[service.table_name](service, told, _code(concept, service.code_system), number, f"answer-{told.answer_id}", place)
            for place, (concept, number) in enumerate(zip(concepts, numbers, strict=True))]


def _lab_result(service, told, code, number, name, place) -> dict:
    return {"lab_result_id": name, "source_component_code_type": service.code_system, "source_component_code": code,
            "source_component_description": service.title, "status": "final", "collection_datetime": told.on_date.isoformat(),
            **_result(service, told, number)}


def _observation(service, told, code, number, name, place) -> dict:
    return {"observation_id": f"{name}-{place}", "panel_id": name, "is_component": "true", "source_code_type": service.code_system,
            "source_code": code, "source_description": service.title, "status": "final",
            "observation_date": told.on_date.isoformat(), **_result(service, told, number)}


def _procedure(service, told, code, number, name, place) -> dict:
    return {"procedure_id": name, "source_code_type": service.code_system, "source_code": code, "source_description": service.title,
            "status": "completed", "procedure_date": told.on_date.isoformat()}


def _result(service, told, number) -> dict:
    return {"result": f"{number:g}" if number is not None else told.result, "result_numeric": "" if number is None else f"{number:g}",
            "units_ucum": service.unit}


_ROWS = {"lab_result": _lab_result, "observation": _observation, "procedure": _procedure}


def _code(concept: str, code_system: str) -> str:
    """A code of the concept: which one does not matter, the title says what was done."""
    with (MEASURES / "value_sets" / f"{concept}.csv").open(newline="", encoding="utf-8") as file:
        return next(row["code"] for row in csv.DictReader(file) if row["code_system"] == code_system)


def _take_in(home: Path, rows: dict[str, list[dict]], newest: int) -> None:
    from dashboard.intake import intake
    folder = home / "build" / "supplemental"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for table, told in rows.items():
        with (folder / f"{table}{MARK}{newest}.csv").open("w", newline="", encoding="utf-8") as file:
            writer = csv.DictWriter(file, list(told[0]))
            writer.writeheader()
            writer.writerows(told)
    report = intake(folder, home, format="tuva", data_source=FEED)
    shutil.rmtree(folder)
    if not report.ok:
        raise Fault(home, f"supplemental data was refused: {report}", "Nothing was lost: it is delivered again with the next build.")

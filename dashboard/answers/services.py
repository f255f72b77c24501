"""What "done" may tell of: data/reference/supplement.csv, and what a telling lacks for a plan to count it."""

import csv
import functools
import re
from datetime import date
from typing import NamedTuple

from dashboard.settings import DATA

ASKED = {"on_date": "the date", "result": "the result", "place": "where it was done", "practitioner": "who did it", "proof": "proof"}


class Service(NamedTuple):
    """A line of the table; `concept` may name several (the parts of a blood pressure)."""
    measure_id: str
    service: str
    title: str
    table_name: str
    concept: str
    code_system: str
    result: str
    unit: str
    least: str
    most: str
    unconfirmed: str
    source: str

    def numbers(self, text: str) -> list[float] | None:
        """The numbers of a result as typed, one a concept; None where it does not read or lies out of bounds."""
        shape = {"number": r"\d{1,5}([.,]\d{1,3})?", "pressure": r"\d{2,3}\s*/\s*\d{2,3}"}.get(self.result)
        if shape is None or not re.fullmatch(shape, text.strip()):
            return None
        found = [float(part.replace(",", ".")) for part in text.split("/")]
        fits = all(float(self.least) <= value <= float(self.most) for value in found) and (len(found) == 1 or found[0] > found[1])
        return found if fits else None


@functools.cache
def services() -> dict[tuple[str, str], Service]:
    """Every line by (measure, service)."""
    with (DATA / "reference" / "supplement.csv").open(newline="", encoding="utf-8") as file:
        rows = csv.DictReader(line for line in file if not line.startswith("#"))
        return {(row["measure_id"], row["service"]): Service(**row) for row in rows}


def services_of(measure_id: str) -> list[Service]:
    """The services that close a gap of a measure; none where only claims count."""
    return [service for (measure, _), service in services().items() if measure == measure_id]


def lacks(service: Service, told: dict) -> list[str]:
    """What a plan asks for and this telling does not give, as keys of ASKED."""
    asked = [name for name in ASKED if name != "result" or service.result]
    return [name for name in asked if not told.get(name)]


def day_of_service(text: str, today: date) -> date | None:
    """The date as typed (2026-11-24), None when it is none, lies ahead or too far back to be anybody's."""
    try:
        found = date.fromisoformat(text)
    except ValueError:
        return None
    return found if date(1920, 1, 1) <= found <= today else None

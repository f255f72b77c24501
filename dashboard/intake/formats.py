"""Which adapter reads a delivery: as told, else by the files' names and first bytes."""

from types import ModuleType

from dashboard.contract import read_contract
from dashboard.errors import Fault
from dashboard.intake import cms_idr, fhir_r4, synthea_csv, tuva
from dashboard.intake.delivery import Delivery
from dashboard.intake.report import Problem, Refused

ADAPTERS: dict[str, ModuleType] = {"fhir-r4": fhir_r4, "fhir-bundles": fhir_r4, "tuva": tuva, "synthea-csv": synthea_csv, "cms-idr": cms_idr}


def format_of(delivery: Delivery, given: str | None) -> str:
    """The format's name; a Fault names the known ones when none fits."""
    if given is not None:
        if given not in ADAPTERS:
            raise Fault("--format", f"there is no format \"{given}\".", f"Known: {', '.join(ADAPTERS)}.")
        return given
    votes = {_by_name(file.name) for file in delivery.files} - {None}
    if len(votes) == 1:
        return votes.pop()
    found = "files of several formats: " + ", ".join(sorted(votes)) if votes else "no file whose format is known"
    raise Refused([Problem(str(delivery.place), "unknown_format", f"{found}.", f"Say --format {'|'.join(ADAPTERS)}.")])


def _by_name(name: str) -> str | None:
    bare = name.rsplit("/", 1)[-1].removesuffix(".gz").lower()
    ending = bare.rpartition(".")[2]
    if ending in ("ndjson", "jsonl", "json"):
        return "fhir-r4"
    if ending in ("parquet", "csv") and cms_idr.table_of(name):
        return "cms-idr"
    if ending == "parquet" or (ending in ("csv", "txt") and tuva.table_of(name, read_contract()) and not synthea_csv.table_of(name)):
        return "tuva"
    return "synthea-csv" if ending == "csv" and synthea_csv.table_of(name) else None

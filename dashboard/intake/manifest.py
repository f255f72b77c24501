"""The manifest of a delivery (_manifest.json): what the sender says it holds. Made when absent; then it claims nothing that a gate could test."""

import datetime
import json
from dataclasses import dataclass, field
from pathlib import Path

from dashboard.intake.delivery import MANIFEST
from dashboard.intake.report import Problem, Refused

VERSIONS = ("1", "v1")
KINDS = ("full", "delta")


@dataclass
class Manifest:
    """kind full: all that the feed holds now, it replaces what stood; delta: more. made: not sent, so its sequence binds nobody.

    received_at: when a house that moves its archive here received it first; None: now.
    """
    contract_version: str = "1"
    feed: str = ""
    source: str = ""
    kind: str = "delta"
    sequence: int | None = None
    period_start: str | None = None
    period_end: str | None = None
    produced_at: str | None = None
    received_at: str | None = None
    row_count: int | None = None
    sha256: str | None = None
    encoding: str | None = None
    files: dict[str, dict] = field(default_factory=dict)
    made: bool = True

    @property
    def file_date(self) -> datetime.date | None:
        """Day on which the sender made the delivery; None when nobody said."""
        try:
            return None if self.made else datetime.date.fromisoformat(str(self.produced_at)[:10])
        except ValueError:
            return None

    @property
    def first_received(self) -> datetime.datetime | None:
        """received_at as UTC without an offset, the way the ledger keeps it."""
        return _moment(self.received_at)

    def as_json(self) -> str:
        """As it is kept beside the ledger."""
        body = {key: value for key, value in vars(self).items() if key != "files"}
        return json.dumps(body | {"files": [{"name": name} | facts for name, facts in self.files.items()]}, indent=2)


def read(place: Path, file_names: list[str]) -> Manifest | None:
    """The manifest in the folder (or beside a single file: x.csv.manifest.json); None when there is none; Refused when it is wrong."""
    path = place / MANIFEST if place.is_dir() else place.with_name(place.name + ".manifest.json")
    if not path.exists():
        return None
    try:
        body = json.loads(path.read_text(encoding="utf-8"))
    except (UnicodeDecodeError, json.JSONDecodeError):
        raise Refused([Problem(path.name, "manifest", "it is no JSON.", "Send it again, complete.")]) from None
    if not isinstance(body, dict):
        raise Refused([Problem(path.name, "manifest", "it is no JSON object.", "Send an object.")])
    body = _delivery_of(body, file_names)
    problems = list(_faults(path.name, body))
    if problems:
        raise Refused(problems)
    files = {entry["name"]: {key: value for key, value in entry.items() if key != "name"} for entry in body.get("files", [])}
    if len(file_names) == 1 and not files:
        files = {file_names[0]: {key: body[key] for key in ("row_count", "sha256") if key in body}}
    names = Manifest.__dataclass_fields__.keys() - {"files", "made", "contract_version"}
    return Manifest(files=files, made=False, contract_version=str(body["contract_version"]), **{key: body[key] for key in names & body.keys()})


def _delivery_of(body: dict, file_names: list[str]) -> dict:
    """What an archive's manifest says of the delivery with these files; any other manifest as it is."""
    listed = body.get("deliveries")
    if not isinstance(listed, list):
        return body
    mine = (entry for entry in listed if isinstance(entry, dict) and {file.get("name") for file in entry.get("files", [])} & set(file_names))
    return {key: value for key, value in body.items() if key != "deliveries"} | next(mine, {})


def _faults(place: str, body: dict):
    version = body.get("contract_version")
    if str(version) not in VERSIONS:
        found = f'contract_version is "{version}".' if version is not None else "contract_version is missing."
        yield Problem(place, "contract_version", found, f'This house reads "{VERSIONS[0]}".')
    if body.get("kind", "delta") not in KINDS:
        yield Problem(place, "kind", f'kind is "{body["kind"]}".', f"Say {' or '.join(KINDS)}.")
    if not isinstance(body.get("sequence"), int | None):
        yield Problem(place, "sequence", "sequence is no whole number.", "Count the deliveries of a feed: 1, 2, 3.")
    if body.get("received_at") is not None and _moment(body["received_at"]) is None:
        yield Problem(place, "manifest", "received_at is no moment.", "Write it as 2026-01-31T06:10:00Z.")
    if not all(isinstance(entry, dict) and "name" in entry for entry in body.get("files", [])):
        yield Problem(place, "files", "an entry has no name.", 'Write {"name": ..., "row_count": ..., "sha256": ...}.')


def _moment(text) -> datetime.datetime | None:
    try:
        found = datetime.datetime.fromisoformat(str(text))
    except ValueError:
        return None
    return found.astimezone(datetime.UTC).replace(tzinfo=None) if found.tzinfo else found


def made_for(source: str, file_names: list[str]) -> Manifest:
    """A manifest for a delivery that came without one."""
    return Manifest(feed=source, source=source, files={name: {} for name in file_names},
                    produced_at=datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds"))

"""huddleboard value-sets import and diff: value sets of their owners laid over those that are shipped, and what differs between two of them."""

from __future__ import annotations

import csv
import hashlib
import json
import os
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from dashboard import database
from dashboard.build import macros
from dashboard.reference.load import VALUE_SETS
from dashboard.reference.value_set_files import ValueSet, ValueSetFaults, read_sets
from dashboard.reference.value_sets import CODE_SYSTEMS, INDEX, Concept, read_index

OFFICIAL = ("official", "imported")   # codes that came from an owner's value set; the others we added, since claims or exports carry them
LOG = "value_sets.json"    # beside the folder of imported codes: what was imported, from where, when
Codes = set[tuple[str, str]]


@dataclass(frozen=True)
class ImportedConcept:
    """One concept that now holds the codes of the owner's value sets. added, removed: against the codes that it held before."""

    concept: str
    oids: tuple[str, ...]
    version: str
    codes: int
    added: int
    removed: int


def import_value_sets(path: Path, home: Path, *, version: str | None = None, source: str | None = None, columns: dict[str, str] | None = None,
                      release: str | None = None) -> list[ImportedConcept]:
    """Write HOME/reference/value_sets/<concept>.csv of every concept all of whose official value sets the file holds, and a line of LOG.

    Gives what changed. Raises ValueSetFaults with all faults at once; then nothing is written."""
    sets = read_sets(path, columns, release)
    faults: list[str] = []
    concepts = [c for c in read_index(VALUE_SETS, faults) if c.oids and all(oid in sets for oid in c.oids)]
    if not concepts:
        faults.append(f"{path}: none of its {len(sets)} value sets is one that a concept holds. {INDEX} names them by OID (column oids).")
    wanted = {oid: sets[oid] for c in concepts for oid in c.oids}
    normal = _normal(wanted.values(), faults)
    if faults:
        raise ValueSetFaults("\n".join(faults))
    folder = home / "reference" / "value_sets"
    folder.mkdir(parents=True, exist_ok=True)
    imported = [_write(concept, wanted, normal, folder, version) for concept in concepts]
    _log(path, home, imported, source)
    return imported


def _normal(sets: Iterable[ValueSet], faults: list[str]) -> dict[str, Codes]:
    """{oid: codes in normal form}. A code system that nobody knows, and a code that is none, are faults with their row."""
    rows = [(one.oid, system, code, place) for one in sets for (system, code), place in one.codes.items()]
    connection = database.connect()
    macros.prepare(connection)
    arrived = dict(zip(("oid", "system", "code", "place"), map(list, zip(*rows, strict=True)), strict=True)) if rows else {"oid": []}
    found = connection.execute("""
        SELECT oid, system, code, place, normal_system(system), normal_code(normal_system(system), code)
        FROM (SELECT unnest($oid) AS oid, unnest($system) AS system, unnest($code) AS code, unnest($place) AS place)""",
                               arrived).fetchall() if rows else []
    normal: dict[str, Codes] = {}
    for oid, system, code, place, short, plain in found:
        if short not in CODE_SYSTEMS:
            faults.append(f"{place}: no code system {system!r}. Known: {', '.join(sorted(CODE_SYSTEMS))}.")
        elif not plain or any(sign.isspace() or sign == "*" for sign in plain):
            faults.append(f"{place}: {short} {code!r} is no code: it is empty, or has a blank or an asterisk. Correct it, or leave the row out.")
        else:
            normal.setdefault(oid, set()).add((short, plain))
    return normal


def _write(concept: Concept, sets: dict[str, ValueSet], normal: dict[str, Codes], folder: Path, version: str | None) -> ImportedConcept:
    """The file of a concept: the owner's codes, and those that we added to them. Beside it first: nobody meets half a file."""
    shipped = _rows(VALUE_SETS / f"{concept.name}.csv")
    path = folder / f"{concept.name}.csv"
    before = set(_rows(path) if path.exists() else shipped)
    rows = dict.fromkeys((code for oid in concept.oids for code in normal.get(oid, ())), "imported")
    rows = {code: origin for code, origin in shipped.items() if origin not in OFFICIAL} | rows
    part = path.with_suffix(".part")
    with part.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("code_system", "code", "origin"))
        writer.writerows((*code, rows[code]) for code in sorted(rows))
    os.replace(part, path)
    versions = version or " ".join(dict.fromkeys(sets[oid].version for oid in concept.oids if sets[oid].version))
    return ImportedConcept(concept.name, concept.oids, versions, len(rows), len(rows.keys() - before), len(before - rows.keys()))


def _rows(path: Path) -> dict[tuple[str, str], str]:
    with path.open(encoding="utf-8", newline="") as file:
        return {(row["code_system"], row["code"]): row["origin"] for row in csv.DictReader(file)}


def _log(path: Path, home: Path, imported: list[ImportedConcept], source: str | None) -> None:
    log = home / "reference" / LOG
    past = json.loads(log.read_text()) if log.exists() else []
    past.append({"file": path.name, "sha256": hashlib.sha256(path.read_bytes()).hexdigest(), "source": source or path.name,
                 "imported_at": datetime.now(UTC).isoformat(timespec="seconds"), "concepts": [asdict(one) for one in imported]})
    part = log.with_suffix(".part")
    part.write_text(json.dumps(past, indent=1) + "\n")
    os.replace(part, log)


# ---- diff ----

@dataclass(frozen=True)
class Difference:
    """One value set (or concept) of two files or folders that is not the same in both."""

    name: str
    title: str
    added: tuple[str, ...]
    removed: tuple[str, ...]
    only_in: str = ""


def diff_value_sets(old: Path, new: Path, columns: dict[str, str] | None = None) -> list[Difference]:
    """What differs between two files of value sets, or two folders of concepts (as measures/value_sets). Raises ValueSetFaults."""
    before, after = (_folder(path) if path.is_dir() else _file(path, columns) for path in (old, new))
    found = []
    for name in sorted(before.keys() | after.keys()):
        (title, was), (later, now) = before.get(name, ("", set())), after.get(name, ("", set()))
        if was != now:
            only = "" if name in before and name in after else "old" if name in before else "new"
            found.append(Difference(name, later or title, _said(now - was), _said(was - now), only))
    return found


def _said(codes: Codes) -> tuple[str, ...]:
    return tuple(f"{system} {code}" for system, code in sorted(codes))


def _file(path: Path, columns: dict[str, str] | None) -> dict[str, tuple[str, Codes]]:
    faults: list[str] = []
    sets = read_sets(path, columns)
    normal = _normal(sets.values(), faults)
    if faults:
        raise ValueSetFaults("\n".join(faults))
    return {oid: (one.name, normal.get(oid, set())) for oid, one in sets.items()}


def _folder(path: Path) -> dict[str, tuple[str, Codes]]:
    return {file.stem: ("", set(_rows(file))) for file in path.glob("*.csv") if file.name != INDEX}

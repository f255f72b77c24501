"""Files of value sets as their owners give them: a table (CSV, plain or gz), VSAC expansions (FHIR ValueSet, JSON), a value set directory (xlsx)."""

from __future__ import annotations

import csv
import gzip
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from dashboard.errors import HuddleboardError
from dashboard.settings import ROOT

SYSTEMS = ROOT / "dashboard" / "intake" / "fhir_r4" / "code_systems.csv"
# The headings that owners write, in lower case; `columns` of read_sets comes before them.
HEADINGS = {
    "oid": ("oid", "value set oid"), "name": ("value_set_name", "value set name"), "system": ("code_system", "code system", "code system name"),
    "code": ("code",), "version": ("release", "version", "value set version", "expansion version", "definition version")}
NEEDED = ("oid", "system", "code")
ROWS_ABOVE = 20   # a workbook's sheet may begin with a title before its headings


class ValueSetFaults(HuddleboardError):
    """Faults of files of value sets, all at once: file, row, what was found, what would do."""


@dataclass
class ValueSet:
    """One value set: its codes as (code system, code) as written, with the place that each came from."""

    oid: str
    name: str = ""
    version: str = ""
    codes: dict[tuple[str, str], str] = field(default_factory=dict)


def read_sets(path: Path, columns: dict[str, str] | None = None, release: str | None = None) -> dict[str, ValueSet]:
    """{oid: value set} of one file. columns: which heading holds oid, name, system, code, version where they are called otherwise. release: of a
    table with several, the one to take beside the rows of `all` (without it the highest). Raises ValueSetFaults."""
    if not path.is_file():
        raise ValueSetFaults(f"{path}: no such file. Give a CSV, a FHIR ValueSet (JSON) or a workbook (xlsx).")
    faults: list[str] = []
    if path.suffix.lower() == ".json":
        sets = _from_fhir(path, faults)
    else:
        rows = _sheet(path, columns or {}, faults) if path.suffix.lower() in (".xlsx", ".xlsm") else _table(path, columns or {}, faults)
        sets = _from_rows(path, rows, release, faults)
    if not sets and not faults:
        faults.append(f"{path}: holds no value set. Give one with at least one row of codes.")
    if faults:
        raise ValueSetFaults("\n".join(faults))
    return sets


# ---- tables ----

def _table(path: Path, columns: dict[str, str], faults: list[str]) -> Iterator[tuple[int, dict[str, str]]]:
    """(row number, what it says) of a CSV."""
    opening = gzip.open if path.suffix == ".gz" else open
    with opening(path, "rt", encoding="utf-8-sig", newline="") as file:
        lines = csv.reader(file)
        places = _places(next(lines, []), columns)
        if lacking := [what for what in NEEDED if what not in places]:
            faults.append(f"{path}, row 1: no column for {', '.join(lacking)}. {_wanted(columns)}")
            return
        for number, cells in enumerate(lines, 2):
            if any(cells):
                yield number, {what: cells[place].strip() if place < len(cells) else "" for what, place in places.items()}


def _sheet(path: Path, columns: dict[str, str], faults: list[str]) -> Iterator[tuple[int, dict[str, str]]]:
    """(row number, what it says) of the sheets of a workbook that have the headings."""
    import openpyxl
    try:
        book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    except Exception as fault:   # the library raises whatever the broken part of the file makes of it
        faults.append(f"{path}: no workbook that can be read ({type(fault).__name__}). Save it anew as xlsx.")
        return
    found = False
    for sheet in book.worksheets:
        places: dict[str, int] = {}
        for number, cells in enumerate(sheet.iter_rows(values_only=True), 1):
            said = ["" if cell is None else str(cell).strip() for cell in cells]
            if places:
                if any(said):
                    yield number, {what: said[place] if place < len(said) else "" for what, place in places.items()}
            elif number > ROWS_ABOVE:
                break
            elif set(NEEDED) <= set(_places(said, columns)):
                places, found = _places(said, columns), True
    if not found:
        faults.append(f"{path}: no sheet has a row of headings for {', '.join(NEEDED)} in its first {ROWS_ABOVE} rows. {_wanted(columns)}")


def _places(headings: list[str], columns: dict[str, str]) -> dict[str, int]:
    lower = [heading.strip().lower() for heading in headings]
    wanted = {what: (columns[what].lower(),) if what in columns else names for what, names in HEADINGS.items()}
    return {what: lower.index(name) for what, names in wanted.items() for name in [next((n for n in names if n in lower), None)] if name is not None}


def _wanted(columns: dict[str, str]) -> str:
    known = "; ".join(f"{what}: {columns.get(what) or ' or '.join(HEADINGS[what])}" for what in NEEDED)
    return f"Wanted: {known}; name others with --columns oid=HEADING,system=HEADING,code=HEADING."


def _from_rows(path: Path, rows: Iterator[tuple[int, dict[str, str]]], release: str | None, faults: list[str]) -> dict[str, ValueSet]:
    sets: dict[str, ValueSet] = {}
    kept = list(rows)
    versions = {row.get("version", "") for _, row in kept}
    several = "all" in versions and len(versions) > 1
    if several and release is not None and release not in versions:
        faults.append(f"{path}: no release {release!r}. It holds {', '.join(sorted(versions - {'all'}))}.")
    release = release or (max(versions - {"all"}) if several else None)
    for number, row in kept:
        if several and row["version"] not in ("all", release):
            continue
        lacking = [what for what in NEEDED if not row[what]]
        if lacking:
            faults.append(f"{path}, row {number}: no {' and no '.join(lacking)}. Fill it in, or leave the row out.")
            continue
        oid = _oid(row["oid"])
        one = sets.setdefault(oid, ValueSet(oid, row.get("name", ""), release if several else row.get("version", "")))
        one.codes.setdefault((row["system"], row["code"]), f"{path}, row {number}")
    return sets


# ---- FHIR ----

def _from_fhir(path: Path, faults: list[str]) -> dict[str, ValueSet]:
    try:
        resource = json.loads(path.read_text(encoding="utf-8-sig"))
    except ValueError as fault:
        faults.append(f"{path}: no JSON ({fault}). Give a ValueSet, or a Bundle of them, as VSAC's FHIR API returns it.")
        return {}
    entries = [e.get("resource", {}) for e in resource.get("entry", [])] if resource.get("resourceType") == "Bundle" else [resource]
    systems = uris()
    sets: dict[str, ValueSet] = {}
    for number, entry in enumerate(entries, 1):
        place = f"{path}, entry {number}"
        expansion = entry.get("expansion", {})
        if entry.get("resourceType") != "ValueSet" or not expansion.get("contains"):
            faults.append(f"{place}: a {entry.get('resourceType', 'resource')} without an expansion. Ask for it with $expand.")
            continue
        codes = dict(_contained(expansion["contains"], systems, place))
        if expansion.get("total", 0) > len(codes):
            faults.append(f"{place}: {len(codes)} of {expansion['total']} codes of the expansion. Ask for all its pages (count and offset).")
        named = next((i["value"] for i in entry.get("identifier", []) if "urn:oid:" in i.get("value", "")), "")
        oid = _oid(named or entry.get("url") or entry.get("id", ""))
        one = sets.setdefault(oid, ValueSet(oid, entry.get("title") or entry.get("name", ""), entry.get("version", "")))
        one.codes |= codes
    return sets


def _contained(contains: list[dict], systems: dict[str, str], place: str) -> Iterator[tuple[tuple[str, str], str]]:
    for row, said in enumerate(contains, 1):
        if "code" in said and not said.get("abstract"):
            uri = said.get("system", "")
            yield (systems.get(uri, uri), said["code"]), f"{place}, code {row}"
        yield from _contained(said.get("contains", []), systems, f"{place}, code {row}")


def uris() -> dict[str, str]:
    """{URI of a code system: its short name}."""
    with SYSTEMS.open(encoding="utf-8", newline="") as file:
        return {row[0]: row[1] for row in csv.reader(file)}


def _oid(text: str) -> str:
    """The bare OID of urn:oid:..., of a URL that ends in it, with or without a version behind a bar or a dash."""
    return text.rpartition("/")[2].rpartition("urn:oid:")[2].partition("|")[0].partition("-")[0].strip()

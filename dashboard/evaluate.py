"""`huddleboard evaluate`: an official measure over test patients, counted on the same path as production.

The patients go through intake, valid, coded and the cards; what differs is the clock (official variants count by the UTC day), that
everybody is counted (test patients carry no enrolment), and that the value sets are the given ones.
"""

from __future__ import annotations

import csv
import gzip
import json
import tempfile
from datetime import date
from pathlib import Path

from dashboard import database

ROLES = {"initial_population": "initial-population", "denominator": "denominator", "exclusion": "denominator-exclusion",
         "numerator": "numerator", "exception": "denominator-exception", "numerator_exclusion": "numerator-exclusion"}
ENDLESS = date(9999, 12, 31)


def evaluate(measure: str, fhir: Path, value_sets: Path | None, direct_codes: Path | None, period: tuple[date, date], out: Path) -> None:
    """Write the counts per case, group and population of one measure as CSV: case, group, population, count.

    `fhir`: NDJSON (or .gz) of test cases ({case, patient_uuid, bundle}) or of plain resources; then the case is the patient's id.
    `value_sets`, `direct_codes`: CSV as in the conformance set; without them the shipped value sets count.
    """
    counted = count([measure], [fhir], value_sets, direct_codes, period)
    cases = cases_of(fhir)
    with out.open("w", newline="", encoding="utf-8") as handle:
        writer = csv.writer(handle)
        writer.writerow(["case", "group", "population", "count"])
        writer.writerows([cases.get(person, person), *counts] for _, _, person, *counts in counted)


def count(measures: list[str], files: list[Path], value_sets: Path | None, direct_codes: Path | None, period: tuple[date, date]) -> list[tuple]:
    """Rows (place of the file, measure, patient, group, population, count) of measures of one release over the patients of all files.

    Each file is a source of its own: files of different decks name different things by one id.
    """
    from dashboard.build import macros
    from dashboard.build.extract import create_extract_views
    from dashboard.build.layers import run_layers
    from dashboard.intake import intake
    from dashboard.measures import default_folder, load_cards
    from dashboard.reference.load import load_reference

    cards = load_cards(default_folder())
    variants = [cards.variant(measure) for measure in measures]
    with tempfile.TemporaryDirectory() as folder:
        for place, path in enumerate(files):
            intake([path], Path(folder), format=_form(path), data_source=f"evaluate_{place}")
        connection = database.connect()
        macros.prepare(connection)
        load_reference(connection, value_sets=value_sets, direct_codes=direct_codes, release=variants[0].release)
        create_extract_views(connection, Path(folder))
        run_layers(connection, ENDLESS, "utc", cards=cards, period=period, measures=[v.name for v in variants], everyone=True, views=False)
        rows = connection.execute(COUNTS).fetchall()
        connection.close()
    return rows


COUNTS = f"""
WITH counted AS (
    SELECT CAST(split_part(p.data_source, '_', 2) AS INT) AS place, t.variant, p.person_id, t.group_no, r.stratum,
        {', '.join(f'sum(CAST({role} AS INT)) AS "{name}"' for role, name in ROLES.items())}
    FROM result.measure_result AS r JOIN reference.rate AS t USING (rate_id) JOIN coded.person AS p USING (person)
    GROUP BY ALL),
named AS (UNPIVOT counted ON {', '.join(f'"{name}"' for name in ROLES.values())} INTO NAME population VALUE number)
SELECT place, variant, person_id, group_no, population, CAST(sum(number) AS INT) FROM named GROUP BY ALL
UNION ALL
SELECT place, variant, person_id, group_no, 'stratum-' || stratum || ':' || population, CAST(number AS INT) FROM named WHERE stratum IS NOT NULL
ORDER BY ALL
"""


def _open(path: Path):
    return gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8")


def _form(fhir: Path) -> str:
    with _open(fhir) as handle:
        first = handle.readline()
    return "fhir-bundles" if '"bundle"' in first else "fhir-r4"


def cases_of(fhir: Path) -> dict[str, str]:
    """Patient id -> case, for test cases; empty for plain resources."""
    cases = {}
    with _open(fhir) as handle:
        for line in handle:
            record = json.loads(line)
            for resource in record.get("bundle", []) if "case" in record else []:
                if resource["resourceType"] == "Patient":
                    cases[resource["id"]] = record["case"]
    return cases

"""FHIR R4 (bulk NDJSON, Bundles, decks of cases) -> contract tables, by the SELECTs of queries/intake/fhir_r4."""

import csv
import functools
from pathlib import Path

from dashboard import parallel
from dashboard.intake import registry
from dashboard.intake.delivery import Delivery, Part
from dashboard.intake.fhir_r4 import checks, lines, shapes, stu3
from dashboard.intake.fhir_r4.look_up import keep_drugs, look_up, with_resource
from dashboard.intake.gates import reading
from dashboard.intake.ledger import literal
from dashboard.intake.report import Warning

RECORD_SOURCE = "ehr"
STRICT = False
ENDINGS = (".ndjson", ".jsonl", ".json")

# Resource type -> its SELECTs; the first part of a name is the contract table.
SELECTS = {
    "Patient": ["patient"], "Encounter": ["encounter"], "Condition": ["condition"], "Procedure": ["procedure"],
    "Observation": ["observation/whole", "observation/component"], "Immunization": ["immunization"],
    "MedicationRequest": ["medication_order"], "MedicationDispense": ["medication/dispense"],
    "MedicationAdministration": ["medication/administration"], "MedicationStatement": ["medication/statement"],
    "ServiceRequest": ["service_order"], "DeviceRequest": ["device_order"], "AllergyIntolerance": ["allergy"], "AdverseEvent": ["adverse_event"],
    "Task": ["task"], "Coverage": ["eligibility"], "ExplanationOfBenefit": ["medical_claim", "pharmacy_claim"],
    "Practitioner": ["practitioner"], "Location": ["location"], "Appointment": ["appointment"],
}


def read(connection, delivery: Delivery) -> list[Part]:
    """Load the delivery's resources and give the SELECTs that make contract rows of them."""
    connection.execute(code_system_macro())
    connection.execute(lines.TABLE)
    files = [file for file in delivery.files if file.name.removesuffix(".gz").endswith(ENDINGS)]
    delivery.leave(file for file in delivery.files if file not in files)
    parallel.each(connection, _load, sorted(files, key=lambda file: -file.size))
    stu3.refuse(connection, delivery, {name for _, name in lines.inventory(connection)})
    read_types = sorted({name for _, name in lines.inventory(connection)} & shapes.READ.keys())
    for name, fields in zip(read_types, parallel.each(connection, checks.check, read_types), strict=True):
        delivery.report.warnings += [Warning(delivery.files[index].name, name, "unread_field", rows, first, f"field {name}.{field}",
                                             "nothing reads it: say so if it should count") for index, field, rows, first in fields]
    found = lines.inventory(connection)
    look_up(connection, delivery.home, delivery.data_source, {name for _, name in found})
    for (_, name), count in found.items():
        if name not in shapes.READ:
            delivery.report.not_used[name] = delivery.report.not_used.get(name, 0) + count
    return [Part(delivery.files[index], query.partition("/")[0], with_resource(index, name, query), f"fhir_r4/{query}")
            for (index, name) in found for query in SELECTS.get(name, [])]


def _load(connection, file) -> None:
    with reading(file):
        lines.load(connection, file)


def people(connection, delivery: Delivery) -> None:
    """Tell the registry who is named, and the identifiers that may join people: MBI, and member ids of one issuer."""
    source, identified = literal(delivery.data_source), literal(shapes.shape("Patient", ["birthDate", "identifier"]))
    registry.sent(connection, [f"SELECT {source}, person_id FROM line WHERE person_id IS NOT NULL"], [f"""
        SELECT {source}, person_id, CASE WHEN ends_with(i.system, '/us-mbi') THEN 'mbi' ELSE 'member_id' END,
            CASE WHEN ends_with(i.system, '/us-mbi') THEN '' ELSE i.system END, i."value", birthDate
        FROM (SELECT person_id, birthDate, unnest(identifier) AS i
            FROM (SELECT person_id, unnest(json_transform(text, {identified})) FROM line WHERE resource_type = 'Patient'))
        WHERE ends_with(i.system, '/us-mbi') OR first_code(i.type) = 'MB'"""], [])


def keep(connection, delivery: Delivery) -> None:
    """Keep for later deliveries what has no contract table."""
    keep_drugs(connection, delivery.data_source)


def rows_read(connection, delivery: Delivery) -> dict[str, int]:
    """Resources of each file, those that could not be read counted too."""
    counts = dict(connection.execute("SELECT file_index, count(*) FROM line GROUP BY ALL").fetchall())
    return {file.name: counts.get(file.index, 0) for file in delivery.files}


@functools.cache
def code_system_macro() -> str:
    """code_system(uri): our short name of a code system; for others the URI's tail as it came."""
    with Path(__file__).with_name("code_systems.csv").open(encoding="utf-8", newline="") as file:
        cases = " ".join(f"WHEN {literal(row['uri'])} THEN {literal(row['name'])}" for row in csv.DictReader(file))
    return f"CREATE OR REPLACE MACRO code_system(uri) AS CASE uri {cases} ELSE regexp_extract(uri, '[^/:]+$') END"

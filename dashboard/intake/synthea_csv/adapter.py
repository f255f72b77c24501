"""Synthea CSV -> contract tables, by the SELECTs of queries/intake/synthea_csv."""

from dashboard.build import sql
from dashboard.intake import registry, text_files
from dashboard.intake.delivery import Delivery, Part
from dashboard.intake.finish import quoted
from dashboard.intake.gates import reading
from dashboard.intake.ledger import literal
from dashboard.intake.report import Problem, Refused, Warning
from dashboard.settings import QUERIES

FOLDER = QUERIES / "intake" / "synthea_csv"
RECORD_SOURCE = "ehr"
STRICT = False

# Columns that are read, of all versions of the export; one that a file lacks is NULL.
COLUMNS = {
    "patients": "Id BIRTHDATE DEATHDATE SSN FIRST MIDDLE LAST SUFFIX RACE ETHNICITY GENDER ADDRESS CITY STATE COUNTY ZIP LAT LON",
    "encounters": "Id START STOP PATIENT ORGANIZATION PROVIDER PAYER ENCOUNTERCLASS CODE DESCRIPTION BASE_ENCOUNTER_COST TOTAL_CLAIM_COST"
                  " PAYER_COVERAGE REASONCODE",
    "conditions": "START STOP PATIENT ENCOUNTER SYSTEM CODE DESCRIPTION",
    "observations": "DATE PATIENT ENCOUNTER CATEGORY CODE DESCRIPTION VALUE UNITS TYPE",
    "procedures": "START STOP DATE PATIENT ENCOUNTER SYSTEM CODE DESCRIPTION REASONCODE",
    "immunizations": "DATE PATIENT ENCOUNTER CODE DESCRIPTION",
    "medications": "START STOP PATIENT PAYER ENCOUNTER CODE DESCRIPTION DISPENSES REASONCODE",
    "allergies": "START STOP PATIENT ENCOUNTER CODE SYSTEM DESCRIPTION CATEGORY",
    "claims": "Id PATIENTID PROVIDERID PRIMARYPATIENTINSURANCEID DIAGNOSIS1 DIAGNOSIS2 DIAGNOSIS3 DIAGNOSIS4 DIAGNOSIS5 DIAGNOSIS6 DIAGNOSIS7"
              " DIAGNOSIS8 APPOINTMENTID SERVICEDATE LASTBILLEDDATE1 HEALTHCARECLAIMTYPEID1",
    "claims_transactions": "ID CLAIMID CHARGEID PATIENTID TYPE AMOUNT FROMDATE TODATE PROCEDURECODE MODIFIER1 MODIFIER2 UNITS APPOINTMENTID"
                           " PROVIDERID",
    "payer_transitions": "PATIENT MEMBERID START_DATE END_DATE START_YEAR END_YEAR PAYER SECONDARY_PAYER",
    "payers": "Id NAME OWNERSHIP",
    "providers": "Id ORGANIZATION NAME SPECIALITY",
    "organizations": "Id NAME ADDRESS CITY STATE ZIP LAT LON",
}
# Columns without which a file means nothing.
REQUIRED = {name: {"Id"} for name in ("patients", "payers", "providers", "organizations")} | {
    "encounters": {"Id", "START", "PATIENT", "CODE"}, "conditions": {"START", "PATIENT", "CODE"},
    "observations": {"DATE", "PATIENT", "CODE", "VALUE"}, "procedures": {"PATIENT", "CODE"},
    "immunizations": {"DATE", "PATIENT", "CODE"}, "medications": {"START", "PATIENT", "CODE"},
    "allergies": {"PATIENT", "CODE"}, "claims": {"Id", "PATIENTID"}, "claims_transactions": {"CLAIMID", "PATIENTID", "TYPE"},
    "payer_transitions": {"PATIENT", "PAYER"}}
# Table of the export -> the SELECTs over it; the first part of a name is the contract table.
SELECTS = {
    "patients": ["patient"], "encounters": ["encounter"], "conditions": ["condition"], "observations": ["observation"],
    "procedures": ["procedure"], "immunizations": ["immunization"], "medications": ["medication_order"], "allergies": ["allergy"],
    "claims_transactions": ["medical_claim/line"], "claims": ["medical_claim/header"], "payer_transitions": ["eligibility"],
    "providers": ["practitioner"], "organizations": ["location"],
}
LEFT = ("careplans", "devices", "imaging_studies", "supplies", "CPCDS_Coverages", "CPCDS_Members")
PERSON = {"patients": "Id", "claims": "PATIENTID", "claims_transactions": "PATIENTID"}
OF_PERSON = [name for name, columns in COLUMNS.items() if "PATIENT" in columns.split() or name in PERSON]


def table_of(name: str) -> str | None:
    """The export's table that a file holds, by its name; None for a file of something else."""
    stem = name.rsplit("/", 1)[-1].split(".")[0]
    return next((table for table in (*COLUMNS, *LEFT) if stem.lower() == table.lower()), None)


def read(connection, delivery: Delivery) -> list[Part]:
    """Load the delivery's files and give the SELECTs that make contract rows of them."""
    connection.execute("CREATE SCHEMA IF NOT EXISTS sent")
    for table, columns in COLUMNS.items():
        body = ", ".join(f"{quoted(column)} VARCHAR" for column in columns.split())
        connection.execute(f"CREATE OR REPLACE TABLE sent.{table} (file_index INTEGER, row_number BIGINT, {body})")
    parts = []
    delivery.leave(file for file in delivery.files if table_of(file.name) is None)
    for file in delivery.files:
        table = table_of(file.name)
        if table in COLUMNS:
            _load(connection, delivery, file, table)
            parts += [Part(file, query.partition("/")[0], _select(file.index, table, query), f"synthea_csv/{query}")
                      for query in SELECTS.get(table, [])]
        elif table is not None:
            delivery.report.not_used[table] = delivery.report.not_used.get(table, 0) + 1
    delivery.report.warnings += [
        Warning(delivery.files[index].name, "eligibility", "no_insurance", rows, first, "a span without insurance", "makes no coverage")
        for index, rows, first in connection.execute("""
            SELECT span.file_index, count(*), min(span.row_number) FROM sent.payer_transitions AS span
            WHERE span.PAYER IN (SELECT Id FROM sent.payers WHERE NAME = 'NO_INSURANCE') GROUP BY ALL ORDER BY ALL""").fetchall()]
    return parts


def people(connection, delivery: Delivery) -> None:
    """Tell the registry who is named; the export has no identifier that other sources share."""
    source = literal(delivery.data_source)
    registry.sent(connection, [f'SELECT {source}, {quoted(PERSON.get(table, "PATIENT"))} FROM sent.{table}' for table in OF_PERSON], [], [])


def keep(connection, delivery: Delivery) -> None:
    """Nothing to keep beside the extract."""


def rows_read(connection, delivery: Delivery) -> dict[str, int]:
    """Records of each file, broken ones counted too; files that are left alone are not named."""
    counts = dict(connection.execute("SELECT file_index, count(*) FROM unreadable GROUP BY ALL").fetchall())
    for table in COLUMNS:
        for index, count in connection.execute(f"SELECT file_index, count(*) FROM sent.{table} GROUP BY ALL").fetchall():
            counts[index] = counts.get(index, 0) + count
    return {file.name: counts.get(file.index, 0) for file in delivery.files if table_of(file.name) in COLUMNS}


def _load(connection, delivery: Delivery, file, table: str) -> None:
    header, columns = text_files.header_of(file), COLUMNS[table].split()
    missing = sorted(REQUIRED[table] - set(header.columns))
    if missing:
        found = f"Found: {', '.join(header.columns)}."
        raise Refused([Problem(file.name, "missing_column", f"no column {', '.join(missing)}.", found)])
    with reading(file):
        text_files.load(connection, file, header, "read_now")
    altered = text_files.spelled_nulls(connection, "read_now", [c for c in columns if c in header.columns])
    values = ", ".join("NULL" if c not in header.columns else text_files.without_spelled_null(c) if c in altered else quoted(c) for c in columns)
    connection.execute(f"INSERT INTO sent.{table} SELECT {file.index}, row_number, {values} FROM read_now")
    delivery.report.warnings += [Warning(file.name, None, "spelled_null", count, first, f"{column} spells out a NULL", "taken as empty")
                                 for column, (count, first) in altered.items()]


def _select(file_index: int, table: str, query: str) -> str:
    return f"WITH arrived AS (SELECT * FROM sent.{table} WHERE file_index = {file_index})\n{sql.relation(FOLDER / f'{query}.sql').text}"

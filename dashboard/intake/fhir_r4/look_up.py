"""What resources need to know of others: the birth day behind an onset by age, the NPI behind a reference, the codes behind a drug or a diagnosis.

The delivery's own resources come first; what a delta leaves out is looked up in what stands of its source.
"""

import functools
from pathlib import Path

from dashboard.build import sql
from dashboard.intake.fhir_r4 import shapes
from dashboard.intake.ledger import literal
from dashboard.settings import QUERIES

FOLDER = QUERIES / "intake" / "fhir_r4"
CODES = "STRUCT(code_system VARCHAR, code VARCHAR)[]"

# Table of schema looked_up -> (its columns, the type it is made from, the fields it reads).
TABLES = {
    "patient": ("person_id VARCHAR, birth_day DATE, sex VARCHAR, first_name VARCHAR, last_name VARCHAR", "Patient", ["birthDate", "gender", "name"]),
    "practitioner": ("practitioner_id VARCHAR, npi VARCHAR", "Practitioner", ["id", "identifier"]),
    "organization": ("organization_id VARCHAR, name VARCHAR, parent_id VARCHAR", "Organization", ["id", "identifier", "name", "partOf"]),
    "role": ("practitioner_id VARCHAR, organization_id VARCHAR, specialty VARCHAR, start_day VARCHAR, end_day VARCHAR", "PractitionerRole",
             ["practitioner", "organization", "specialty", "period"]),
    "drug": (f"medication_id VARCHAR, codes {CODES}", "Medication", ["id", "code"]),
    "condition": (f"condition_id VARCHAR, codes {CODES}", "Condition", ["id", "code"]),
    "claim_diagnosis": ("file_index INTEGER, row_number BIGINT, diagnoses STRUCT(code_system VARCHAR, code VARCHAR, present_on_admission VARCHAR)[]",
                        "ExplanationOfBenefit", ["diagnosis"]),
}
# Large ones, made only for deliveries with the type that asks for them.
WANTED_BY = {"condition": "ExplanationOfBenefit"}
# Lookup -> (extract table, its key, its columns): what stands from earlier deliveries of the source.
STANDING = {
    "patient": ("patient", "person_id", "TRY_CAST(birth_date AS DATE) AS birth_day, sex, first_name, last_name"),
    "practitioner": ("practitioner", "practitioner_id", "npi"),
    "condition": ("condition", "condition_id", "codes"),
}
# SELECTs that only some resources concern: the word without which a resource is not even parsed for them.
ONLY_WITH = {"observation/component": "component", "pharmacy_claim": "pharmacy"}


def look_up(connection, home: Path, data_source: str, present: set[str]) -> None:
    """Fill the tables of schema looked_up for a delivery with these resource types."""
    for table, (columns, resource_type, fields) in TABLES.items():
        connection.execute(f"CREATE OR REPLACE TABLE looked_up.{table} ({columns})")
        if WANTED_BY.get(table, resource_type) not in present and table in WANTED_BY:
            continue
        if resource_type in present:
            connection.execute(f"INSERT INTO looked_up.{table} {with_resource(None, resource_type, f'looked_up/{table}', fields)}")
        if table in STANDING:
            _add_standing(connection, home, data_source, table)
    connection.execute("""
        INSERT INTO looked_up.drug
        SELECT medication_id, codes FROM (FROM ledger.drug ANTI JOIN looked_up.drug USING (medication_id)) WHERE data_source = ?""", [data_source])


def _add_standing(connection, home: Path, data_source: str, table: str) -> None:
    sent_as, key, columns = STANDING[table]
    paths = [str(home / row[0]) for row in connection.execute(
        "SELECT path FROM ledger.file WHERE accepted AND table_name = ? AND data_source = ? ORDER BY file_no", [sent_as, data_source]).fetchall()]
    if paths:
        connection.execute(f"""
            INSERT INTO looked_up.{table}
            SELECT DISTINCT ON ({key}) {key}, {columns} FROM read_parquet({paths}, union_by_name = true)
            WHERE {key} NOT IN (SELECT {key} FROM looked_up.{table} WHERE {key} IS NOT NULL) ORDER BY {key}, source_row DESC""")


def keep_drugs(connection, data_source: str) -> None:
    """Medication resources make no contract row of their own: the ledger keeps their codes for the orders of later deliveries."""
    connection.execute("DELETE FROM ledger.drug WHERE data_source = ? AND medication_id IN (SELECT medication_id FROM looked_up.drug)", [data_source])
    connection.execute("INSERT INTO ledger.drug SELECT ?, medication_id, codes FROM looked_up.drug", [data_source])


def with_resource(file_index: int | None, resource_type: str, query: str, fields: list[str] | None = None) -> str:
    """The SELECT of a file over the CTE `resource`: typed resources of one type, of one file or of all."""
    of_file = "" if file_index is None else f"file_index = {file_index} AND "
    if query in ONLY_WITH:
        of_file += f"contains(text, '\"{ONLY_WITH[query]}\"') AND "
    structure = literal(shapes.shape(resource_type, fields))
    return (f"WITH resource AS (SELECT file_index, row_number, scope, person_id, unnest(json_transform(text, {structure})) FROM line "
            f"WHERE {of_file}resource_type = {literal(resource_type)})\n{_text(query)}")


@functools.cache
def _text(query: str) -> str:
    return sql.relation(FOLDER / f"{query}.sql").text

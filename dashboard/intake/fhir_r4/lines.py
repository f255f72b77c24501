"""Lines of FHIR files -> table `line`: one row per resource, as text, with what every adapter asks for."""

import re

from dashboard.intake.delivery import SentFile
from dashboard.intake.fhir_r4.shapes import READ
from dashboard.intake.ledger import literal

LONGEST_LINE = 32 << 20
READ_TYPES = ", ".join(literal(name) for name in READ)
PATHS = ["$.resourceType", "$.id", "$.subject.reference", "$.patient.reference", "$.beneficiary.reference", "$.for.reference"]

TABLE = """
    CREATE OR REPLACE TABLE line (file_index INTEGER, row_number BIGINT, scope VARCHAR, resource_type VARCHAR, person_id VARCHAR, text VARCHAR,
        json_kind VARCHAR, length BIGINT)"""

# How the resources of one file are found in its numbered lines. A line that is no JSON stays whole, to be refused.
FORMS = {
    "resource": "SELECT row_number, '' AS scope, NULL AS case_person, text FROM {numbered}",
    "bundle": """SELECT row_number() OVER () AS row_number, '' AS scope, NULL AS case_person, text FROM (
        SELECT unnest(coalesce(nullif(TRY(json_extract_string(text, '$.entry[*].resource')), []), [text])) AS text FROM {numbered})""",
    # A case is one person: its bundle's ids mean nothing outside it, and whatever it holds is about its patient.
    "case": """SELECT row_number() OVER () AS row_number, row_number || '/' AS scope, case_person, text FROM (
        SELECT row_number, TRY(text ->> '$.patient_uuid') AS case_person,
            unnest(coalesce(nullif(TRY(json_extract_string(text, '$.bundle[*]')), []), [text])) AS text FROM {numbered})""",
}


def source(file: SentFile) -> str:
    """The file as a relation (text), one row per line, whatever the lines hold; a .json file is one line."""
    if file.name.endswith(".json"):
        return f"(SELECT content AS text FROM read_text({literal(file.path)}))"
    return (f"read_csv({literal(file.path)}, columns = {{text: 'VARCHAR'}}, delim = '\x01', quote = '', escape = '', header = false, "
            f"auto_detect = false, compression = '{file.compression}', max_line_size = {LONGEST_LINE})")


def form_of(file: SentFile) -> str:
    """'resource' (one a line), 'bundle' or 'case', by the beginning."""
    start = file.start()
    if file.name.endswith(".json"):
        start = file.path.read_bytes()[:1 << 16]
    head = start.split(b'"resourceType"')[0].replace(b" ", b"")
    if b'"case":' in head or b'"bundle":' in head:
        return "case"
    return "bundle" if re.search(rb'^[^\[]*"resourceType"\s*:\s*"Bundle"', start, re.DOTALL) else "resource"


def load(connection, file: SentFile) -> None:
    """Put the resources of one file into `line`, and what is no resource into `unreadable`. Text that no adapter reads is not kept."""
    form = form_of(file)
    numbered = rf"""(
            SELECT row_number, text FROM (SELECT row_number() OVER () AS row_number, text FROM {source(file)})
            WHERE NOT regexp_full_match(text, '\s*'))"""
    connection.execute(f"""
        INSERT INTO line
        SELECT {file.index}, row_number, scope, key[1],
            coalesce(case_person, CASE WHEN key[1] = 'Patient' THEN key[2] ELSE person_of(coalesce(key[3], key[4], key[5], key[6])) END),
            CASE WHEN key[1] IN ({READ_TYPES}) THEN text END, CASE WHEN key[1] IS NULL THEN json_kind(text) END, length(text)
        FROM (SELECT *, TRY(json_extract_string(text, {PATHS})) AS key FROM ({FORMS[form].format(numbered=numbered)}))""")
    connection.execute(f"""
        INSERT INTO unreadable
        SELECT file_index, row_number,
            CASE WHEN json_kind IS NULL THEN 'malformed_json' WHEN json_kind <> 'OBJECT' THEN 'no_object' ELSE 'no_resource_type' END,
            length || ' characters, ' || coalesce('a JSON ' || lower(json_kind), 'no JSON'), 'send one complete FHIR resource a line'
        FROM line WHERE file_index = {file.index} AND resource_type IS NULL""")


def inventory(connection) -> dict[tuple[int, str], int]:
    """(file, resource type) -> resources."""
    rows = connection.execute("""
        SELECT file_index, resource_type, count(*) FROM line WHERE resource_type IS NOT NULL GROUP BY ALL ORDER BY ALL""").fetchall()
    return {(file_index, name): count for file_index, name, count in rows}

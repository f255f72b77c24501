"""Lines of FHIR files -> table `line`: one row per resource, as text, with what every adapter asks for."""

from dashboard.intake.fhir_r4.shapes import READ
from dashboard.intake.ledger import literal

LONGEST_LINE = 64 << 20
READ_TYPES = ", ".join(literal(name) for name in READ)
PATHS = ["$.resourceType", "$.id", "$.subject.reference", "$.patient.reference", "$.beneficiary.reference", "$.for.reference"]

TABLES = """
    CREATE OR REPLACE TABLE line (
        file_index INTEGER, row_number BIGINT, scope VARCHAR, resource_type VARCHAR, person_id VARCHAR, text VARCHAR, json_kind VARCHAR, length BIGINT);
    CREATE OR REPLACE TABLE unreadable (file_index INTEGER, row_number BIGINT, rule VARCHAR, found VARCHAR, cure VARCHAR);
"""

# How the resources of one file are found in its numbered lines. A line that is no JSON stays whole, to be refused.
FORMS = {
    "resource": "SELECT row_number, '' AS scope, NULL AS case_person, text FROM numbered",
    "bundle": """SELECT row_number() OVER () AS row_number, '' AS scope, NULL AS case_person, text FROM (
        SELECT unnest(coalesce(nullif(CASE WHEN json_valid(text) THEN json_extract_string(text, '$.entry[*].resource') END, []), [text])) AS text
        FROM numbered)""",
    # A case is one person: its bundle's ids mean nothing outside it, and whatever it holds is about its patient.
    "case": """SELECT row_number() OVER () AS row_number, row_number || '/' AS scope, case_person, text FROM (
        SELECT row_number, CASE WHEN json_valid(text) THEN text ->> '$.patient_uuid' END AS case_person,
            unnest(coalesce(nullif(CASE WHEN json_valid(text) THEN json_extract_string(text, '$.bundle[*]') END, []), [text])) AS text
        FROM numbered)""",
}


def source(path, name: str) -> str:
    """The file as a relation (text), one row per line, whatever the lines hold."""
    if name.endswith(".json"):
        return f"(SELECT content AS text FROM read_text({literal(path)}))"
    compression = "gzip" if name.endswith(".gz") else "none"
    return (f"read_csv({literal(path)}, columns = {{text: 'VARCHAR'}}, delim = '\x01', quote = '', escape = '', header = false, "
            f"auto_detect = false, compression = '{compression}', max_line_size = {LONGEST_LINE})")


def form_of(connection, path, name: str) -> str:
    """'resource' (one a line), 'bundle' or 'case', by the first line."""
    first = connection.execute(f"SELECT text ->> '$.resourceType', json_exists(text, '$.bundle') AND json_exists(text, '$.case') "
                               f"FROM (SELECT * FROM {source(path, name)} WHERE text IS NOT NULL LIMIT 1) WHERE json_valid(text)").fetchone()
    if first and first[1]:
        return "case"
    return "bundle" if first and first[0] == "Bundle" else "resource"


def load(connection, file_index: int, path, name: str, form: str) -> None:
    """Put the resources of one file into `line`, and what is no resource into `unreadable`. Text that no adapter reads is not kept."""
    connection.execute(f"""
        INSERT INTO line
        WITH numbered AS (
            SELECT row_number, text FROM (SELECT row_number() OVER () AS row_number, text FROM {source(path, name)}) WHERE trim(text) <> ''
        ), resource AS ({FORMS[form]}
        ), keyed AS (
            SELECT *, json_kind(text) AS json_kind, CASE WHEN json_kind(text) = 'OBJECT' THEN json_extract_string(text, {PATHS}) END AS key
            FROM resource
        )
        SELECT {file_index}, row_number, scope, key[1],
            coalesce(case_person, CASE WHEN key[1] = 'Patient' THEN key[2] ELSE person_of(coalesce(key[3], key[4], key[5], key[6])) END),
            CASE WHEN key[1] IN ({READ_TYPES}) THEN text END, json_kind, length(text)
        FROM keyed""")
    connection.execute(f"""
        INSERT INTO unreadable
        SELECT file_index, row_number,
            CASE WHEN json_kind IS NULL THEN 'malformed_json' WHEN json_kind <> 'OBJECT' THEN 'no_object' ELSE 'no_resource_type' END,
            length || ' characters, ' || coalesce('a JSON ' || lower(json_kind), 'no JSON'), 'send one complete FHIR resource a line'
        FROM line WHERE file_index = {file_index} AND resource_type IS NULL""")


def inventory(connection) -> dict[tuple[int, str], int]:
    """(file, resource type) -> resources."""
    rows = connection.execute("SELECT file_index, resource_type, count(*) FROM line WHERE resource_type IS NOT NULL GROUP BY ALL ORDER BY ALL").fetchall()
    return {(file_index, name): count for file_index, name, count in rows}

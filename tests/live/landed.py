"""Deliveries that change what is known of a few people in every way that a refresh must follow, and homes that they land in."""

import json
from contextlib import closing
from datetime import date
from pathlib import Path

from dashboard import database
from dashboard.build import kept, sql
from dashboard.build.driver import Parts, Scope, compute
from dashboard.build.progress import Progress
from dashboard.generate import generate
from dashboard.intake import intake

AS_OF, MEMBERS = date(2025, 12, 31), 110
MEASURES = ("COL-E", "GSD", "PDC-STA", "TRC")  # a screening, a reading, covered days, stays
# Every delivery, as tables of SELECTs over the first extract: each touches people of its own, or the same in a way that order must not change.
LABS = """SELECT * REPLACE (lab_result_id || '{tag}' AS lab_result_id, accession_number || '{tag}' AS accession_number,
    DATE '2025-12-{day}' AS collection_datetime, DATE '2025-12-{day}' AS result_datetime) FROM lab_result WHERE hash(person_id) % 11 = {who} LIMIT 40"""
CLAIMS = "FROM medical_claim WHERE hash(person_id) % 11 = {who}"
DELIVERIES = {
    "labs": ("labs", None, {"lab_result": LABS.format(tag="a", day=29, who=1)}),
    "more labs": ("labs", None, {"lab_result": LABS.format(tag="b", day=30, who=1)}),
    "other labs": ("labs", None, {"lab_result": """SELECT * REPLACE ('corrected' AS status,
        CASE source_component_code WHEN '4548-4' THEN '2951-2' ELSE source_component_code END AS source_component_code)
        FROM lab_result WHERE hash(person_id) % 11 = 0"""}),  # no longer an HbA1c: an event goes away that no new row names
    "claims 1": ("claims", 1, {"medical_claim": f"SELECT * REPLACE (claim_id || 'n' AS claim_id, DATE '2025-11-30' AS claim_line_start_date) {CLAIMS.format(who=2)} LIMIT 60"}),
    "claims 2": ("claims", 2, {"medical_claim": f"""SELECT * REPLACE ('void' AS adjustment_type, claim_id AS original_claim_id, claim_id || 'v' AS claim_id,
        DATE '2025-12-20' AS received_date) {CLAIMS.format(who=3)} AND claim_type = 'professional' LIMIT 30"""}),
    "claims 3": ("claims", 3, {"medical_claim": f"""SELECT * REPLACE ('denied' AS claim_status, 'denied' AS line_status, DATE '2025-12-21' AS received_date)
        {CLAIMS.format(who=4)} LIMIT 30"""}),
    "claims 1 anew": ("claims", 1, {"medical_claim": f"SELECT * REPLACE (claim_id || 'n' AS claim_id, DATE '2025-10-31' AS claim_line_start_date) {CLAIMS.format(who=2)} LIMIT 40"}),
    "enrolled before": ("roster", None, {"eligibility": """SELECT * REPLACE (enrollment_start_date - 900 AS enrollment_start_date, enrollment_start_date - 1 AS enrollment_end_date)
        FROM eligibility WHERE hash(person_id) % 11 = 5"""}),
    "moved": ("roster", None, {"provider_attribution": """SELECT * REPLACE (DATE '2025-12-01' AS attribution_start_date, 'P-new' AS practice_id, NULL AS practice_tin)
        FROM provider_attribution WHERE hash(person_id) % 11 = 6"""}),
    "merge": ("who", None, {"person_xref": "SELECT old AS old_person_id, new AS new_person_id, 'mso' AS data_source FROM pair"}),
    "a stranger": ("fills", None, {"pharmacy_claim": "SELECT * REPLACE ('nobody knows' AS person_id) FROM pharmacy_claim WHERE hash(person_id) % 11 = 8 LIMIT 3"}),
    "bad rows": ("fills", None, {"medical_claim": f"""SELECT * REPLACE (CASE WHEN claim_line_number = 1 THEN person_id END AS person_id,
        claim_id || 'b' AS claim_id, claim_start_date - 400 AS claim_end_date) {CLAIMS.format(who=9)} LIMIT 9"""}),
    "readings": ("chart", None, {"observation": """SELECT * REPLACE (observation_id || 'r' AS observation_id, panel_id || 'r' AS panel_id,
        DATE '2025-12-28' AS observation_date) FROM observation WHERE hash(person_id) % 11 = 1 LIMIT 30"""}),
    "readings taken back": ("chart", None, {"observation": """SELECT * REPLACE ('D' AS record_action, DATE '2025-12-28' AS file_date)
        FROM observation WHERE hash(person_id) % 11 = 4 LIMIT 30"""}),
    "visits": ("chart", None, {"encounter": """SELECT * REPLACE (encounter_id || 'v' AS encounter_id, DATE '2025-12-02' AS encounter_start_date,
        DATE '2025-12-07' AS encounter_end_date) FROM encounter WHERE hash(person_id) % 3 = 1 LIMIT 6""",
        "condition": "SELECT * REPLACE (condition_id || 'v' AS condition_id) FROM condition"}),
    "shots and procedures": ("chart", None, {
        "immunization": "SELECT * REPLACE (immunization_id || 's' AS immunization_id, DATE '2025-12-15' AS occurrence_date) FROM immunization LIMIT 20",
        "procedure": "SELECT * REPLACE (procedure_id || 's' AS procedure_id, DATE '2025-12-15' AS procedure_date) FROM procedure LIMIT 9"}),
    "fills": ("fills", None, {"pharmacy_claim": """SELECT * REPLACE (claim_id || 'f' AS claim_id, DATE '2025-12-19' AS dispensing_date)
        FROM pharmacy_claim WHERE hash(person_id) % 11 = 3 LIMIT 20"""}),
    "booked": ("desk", None, {"appointment": """SELECT * REPLACE (appointment_id || 'b' AS appointment_id, start_datetime + INTERVAL 9 DAY AS start_datetime)
        FROM appointment LIMIT 8"""}),
    "deaths": ("who", None, {"patient": """SELECT * REPLACE (DATE '2025-06-30' AS death_date, DATE '2025-12-28' AS file_date)
        FROM patient WHERE hash(person_id) % 11 = 10 LIMIT 3"""}),
    "one id, two people": ("who", None, {"patient": """SELECT * REPLACE (birth_date - 5000 AS birth_date, 'Xx' AS first_name, DATE '2025-12-28' AS file_date)
        FROM patient WHERE hash(person_id) % 11 = 9 LIMIT 1"""}),
    "newcomers": ("who", None, {
        "eligibility": "SELECT * REPLACE ('N' || person_id AS person_id, 'N' || member_id AS member_id) FROM eligibility WHERE hash(person_id) % 11 = 8 LIMIT 3",
        "lab_result": LABS.format(tag="n", day=27, who=8).replace("(lab_result_id", "('N' || person_id AS person_id, lab_result_id")}),
    # Of whom a plan lists, the cards say which lines hold even where nothing that they ask about changed.
    "gap list of a plan": ("gaps", None, {"plan_gap": """SELECT DISTINCT person_id, member_id, payer, plan, 'COL' AS measure, CAST(NULL AS VARCHAR) AS rate,
        CAST(2025 AS SMALLINT) AS measurement_year, 'open' AS status, DATE '2025-12-15' AS gap_date, data_source
        FROM eligibility WHERE hash(person_id) % 11 IN (1, 7)"""}),
    "labs again": ("labs", None, {"lab_result": LABS.format(tag="a", day=29, who=1)}),
}
UNMERGE = ("who", None, {"person_xref": "SELECT old AS old_person_id, new AS new_person_id, true AS unmerge, 'mso' AS data_source FROM pair"})


def extract(folder: Path) -> Path:
    """A small synthetic extract, as its sender would deliver it."""
    generate(MEMBERS, folder / "sent", seed=5, as_of=AS_OF)
    return folder / "sent"


def land(sent: Path, target: Path, name: str, delivery=None) -> Path:
    """Put a delivery into a folder, whole, with its manifest where it has a sequence."""
    feed, sequence, tables = delivery or DELIVERIES[name]
    folder, files = target / name.replace(" ", "_"), []
    with closing(database.connect()) as connection:
        for path in sorted(sent.glob("*/*.parquet")):
            connection.execute(f"CREATE VIEW {path.parent.name} AS FROM '{path}'")
        connection.execute("""CREATE VIEW pair AS SELECT min(person_id) AS old, max(person_id) AS new FROM (
            SELECT DISTINCT person_id FROM eligibility WHERE hash(person_id) % 11 = 7)""")
        for table, select in tables.items():
            path = folder / table / f"{feed}.parquet"
            path.parent.mkdir(parents=True)
            rows = connection.execute(f"COPY ({select}) TO '{path}'").fetchone()[0]
            assert rows, f"{name} holds no rows of {table}"
            files.append({"name": f"{table}/{feed}.parquet", "row_count": rows})
    if sequence:
        manifest = {"contract_version": "1", "source": "mso", "feed": feed, "kind": "delta", "sequence": sequence, "files": files}
        (folder / "_manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    return folder


def take_in(folder: Path, home: Path):
    """Accept a delivery; duplicates and held ones are answers too."""
    report = intake([folder], home, data_source="mso").deliveries[0]
    assert report.status in ("accepted", "duplicate", "held"), report
    return report.status


def differences(home: Path, as_of: date = AS_OF) -> dict[str, tuple]:
    """Relation of the served version -> rows that only it or only a full build of the same files has; {} when they are the same."""
    full = home / "build" / "whole.duckdb"
    compute(home, Scope(as_of, measures=MEASURES), full, "999999", Progress(), Parts())
    found = {}
    with closing(database.connect_published(home)) as served, closing(database.connect(full)) as built:
        for item in (item for item in sql.relations("mart") if item.kind != sql.FULL):
            columns = ", ".join(f'"{row[0]}"' for row in built.execute(f"DESCRIBE mart.{item.name}").fetchall())
            ours, theirs = (sorted(c.execute(f"SELECT {columns} FROM mart.{item.name}").fetchall(), key=repr) for c in (served, built))
            if ours != theirs:
                found[item.name] = ([row for row in ours if row not in theirs][:3], [row for row in theirs if row not in ours][:3])
        for name in kept.ALL:
            ours, theirs = (c.execute(f"SELECT count(*), bit_xor(hash(k)) FROM kept.{kept.name_of(name)} AS k").fetchone() for c in (served, built))
            if ours != theirs:
                found[name] = (ours, theirs)
    full.unlink()
    return found


RESULTS = """
    SELECT p.person_id, n.measure_id, n.variant, n.rate, r.period, r.contract, r.initial_population, r.denominator, r.exclusion, r.numerator, r.status,
        p.clinician_npi, p.practice_id, p.group_id
    FROM mart.measure_result AS r JOIN mart.rate_name AS n USING (rate_id) JOIN mart.counted_person AS p USING (person)"""


def results(home: Path) -> list[tuple]:
    """What is said of whom, by the ids of the sender."""
    with closing(database.connect_published(home)) as connection:
        return sorted(connection.execute(RESULTS).fetchall(), key=repr)

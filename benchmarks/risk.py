"""Risk scores: agreement with hccinfhir on random members, and time against grouping the same diagnoses, and against hccinfhir."""

import time
from pathlib import Path

from benchmarks.claims import Claim, command, say
from dashboard import database
from dashboard.build import sql
from dashboard.settings import MEASURES

NAMES = {"V28": "CMS-HCC Model V28", "V24": "CMS-HCC Model V24"}
EACH = 12  # diagnoses a member
SAMPLE = 3_000  # members by which hccinfhir's speed is measured


def measure(scratch: Path, members: int = 1_000_000, compared: int = 100_000) -> list[Claim]:
    """Needs hccinfhir (requirements-test.txt) for the agreement and its speed."""
    claims = [_agreement(scratch, model, compared) for model in NAMES]
    folder = _people(scratch, members)
    grouped, scored = _grouped(folder), _scored(folder, "V28")
    peer = _peer_speed(folder)
    return [*claims,
            Claim(f"V28 of {members:,} members, {members * EACH:,} diagnoses / list(DISTINCT code)", scored / grouped, "times", 2.0,
                  note=f"{scored:.1f} s / {grouped:.1f} s, files read and written"),
            Claim("members a second / those of hccinfhir", members / scored / peer, "times", 20.0, at_least=True,
                  note=f"{members / scored:,.0f} / {peer:,.0f}")]


def _people(scratch: Path, members: int) -> Path:
    folder = scratch / f"risk-{members}"
    if not (folder / "diagnoses.parquet").exists():
        folder.mkdir(parents=True, exist_ok=True)
        say(f"making {members:,} members for risk ...")
        connection = database.connect(scratch=scratch / "spill")
        sql.script(connection, Path(__file__).with_name("risk_people.sql"))
        connection.execute("CREATE TABLE code AS FROM random_codes($folder)", {"folder": str(MEASURES / "risk")})
        connection.execute(f"COPY (FROM random_members({members})) TO '{folder}/members.parquet'")
        connection.execute(f"COPY (FROM random_diagnoses({members}, {EACH}, 'code')) TO '{folder}/diagnoses.parquet'")
        connection.close()
    return folder


def _grouped(folder: Path) -> float:
    connection = database.connect(scratch=folder / "spill")
    began = time.monotonic()
    connection.execute(f"CREATE TABLE grouped AS SELECT person_id, list(DISTINCT code) AS codes FROM '{folder}/diagnoses.parquet' GROUP BY person_id")
    connection.close()
    return time.monotonic() - began


def _scored(folder: Path, model: str) -> float:
    return command("risk", "--members", f"{folder}/members.parquet", "--diagnoses", f"{folder}/diagnoses.parquet", "--model", model,
                   "--year", "2026", "--out", f"{folder}/{model}.parquet").seconds


def _rows(folder: Path, model: str, limit: int):
    """(person as a dict, codes, our score) of scored members."""
    result = database.connect().execute(f"""
        SELECT m.*, s.raw_score, coalesce(d.codes, []) AS codes
        FROM (FROM '{folder}/members.parquet' LIMIT {limit}) AS m JOIN '{folder}/{model}.parquet' AS s USING (person_id)
        LEFT JOIN (SELECT person_id, list(code) AS codes FROM '{folder}/diagnoses.parquet' GROUP BY ALL) AS d USING (person_id)""")
    names = [column[0] for column in result.description]
    return [dict(zip(names, row, strict=True)) for row in result.fetchall()]


def _ask(model: str, row: dict) -> float:
    from hccinfhir.model_calculate import calculate_raf
    return calculate_raf(row["codes"], NAMES[model], age=row["age"], sex=row["sex"], dual_elgbl_cd=row["dual_status"], orec=row["orec"],
                         crec=row["crec"], new_enrollee=row["new_enrollee"], snp=row["snp"], low_income=row["low_income"],
                         lti=row["lti"]).risk_score


def _peer_speed(folder: Path) -> float:
    rows = _rows(folder, "V28", SAMPLE)
    began = time.monotonic()
    for row in rows:
        _ask("V28", row)
    return len(rows) / (time.monotonic() - began)


def _agreement(scratch: Path, model: str, members: int) -> Claim:
    """Share of members outside the faults of hccinfhir (measures/risk/README.md) whose score is the same."""
    folder = _people(scratch, members)
    _scored(folder, model)
    rows = [row for row in _rows(folder, model, members) if not _at_fault(model, row)]
    equal = sum(abs(float(row["raw_score"]) - _ask(model, row)) < 1e-9 for row in rows)
    return Claim(f"{model}: scores equal to hccinfhir's", 100 * equal / len(rows), "%", 100.0, at_least=True,
                 note=f"{equal:,} of {len(rows):,}; {members:,} made")


def _at_fault(model: str, row: dict) -> bool:
    from hccinfhir.defaults import dx_to_cc_default, edits_default
    if row["new_enrollee"]:
        return row["lti"] or (64 <= row["age"] <= 69 and (row["orec"] in "23" or row["crec"] in "23"))
    codes = {code.upper().replace(".", "") for code in row["codes"]}
    return row["age"] < 15 and any((code, NAMES[model]) in edits_default and len(dx_to_cc_default.get((code, NAMES[model]), ())) > 1
                                   for code in codes)

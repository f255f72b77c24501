"""Scores of random members against hccinfhir: equal to the last digit and category, outside its faults."""

import pytest
from peer import ask, known_fault

from dashboard import database
from dashboard.build import sql
from dashboard.risk.score import score_files
from dashboard.settings import MEASURES, ROOT

PEOPLE = 3000


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    """Random members and diagnoses as parquet files, and as rows: (person, codes)."""
    folder = tmp_path_factory.mktemp("risk")
    connection = database.connect(threads=1)
    sql.script(connection, ROOT / "benchmarks" / "risk_people.sql")
    connection.execute("CREATE TABLE code AS FROM random_codes(?)", [str(MEASURES / "risk")])
    connection.execute(f"COPY (FROM random_members({PEOPLE})) TO '{folder}/members.parquet'")
    connection.execute(f"COPY (FROM random_diagnoses({PEOPLE}, 9, 'code')) TO '{folder}/diagnoses.parquet'")
    people = connection.execute(f"FROM '{folder}/members.parquet'")
    names = [column[0] for column in people.description]
    people = {row[0]: dict(zip(names, row, strict=True)) for row in people.fetchall()}
    codes = dict(connection.execute(f"SELECT person_id, list(code) FROM '{folder}/diagnoses.parquet' GROUP BY ALL").fetchall())
    return folder, people, codes


@pytest.mark.parametrize("model", ["V28", "V24", "RxHCC-V08"])
def test_every_score_is_that_of_hccinfhir_outside_its_faults(model, files):
    folder, people, codes = files
    out = folder / f"{model}.parquet"
    scored = score_files(folder / "members.parquet", folder / "diagnoses.parquet", model, 2026, out)
    assert (scored.people, scored.scored) == (PEOPLE, PEOPLE)
    differing, compared = [], 0
    for person_id, score, categories in database.connect().execute(f"SELECT person_id, raw_score, hccs FROM '{out}'").fetchall():
        person, sent = people[person_id], codes.get(person_id, [])
        if known_fault(model, person, sent):
            continue
        answer, compared = ask(model, person, sent), compared + 1
        if abs(float(score) - answer.score) > 1e-9 or (not person["new_enrollee"] and set(categories) != answer.categories):
            differing.append((person, sent, score, answer))
    assert not differing
    assert compared > (0.7 if model == "RxHCC-V08" else 0.95) * PEOPLE


def test_each_score_is_the_sum_of_its_factors(files):
    folder, _, _ = files
    out = folder / "sum.parquet"
    score_files(folder / "members.parquet", folder / "diagnoses.parquet", "V28", 2026, out)
    wrong = database.connect().execute(f"""
        SELECT count(*) FROM '{out}' WHERE raw_score <> coalesce(list_sum(list_transform(factors, lambda f: f.coefficient)), 0)""").fetchone()
    assert wrong == (0,)

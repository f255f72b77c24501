"""RxHCC beside CMS-HCC, what a roster says of Part D and low income, and what was said of a risk earlier."""

import contextlib
from datetime import date, datetime
from decimal import Decimal

import drawn
import pytest
from drawn import rows

from dashboard import database
from dashboard.build import history, macros, sql
from dashboard.build.layers import layer_parameters
from dashboard.risk.tables import load_tables
from dashboard.settings import QUERIES

AS_OF = date(2026, 11, 20)


@pytest.mark.parametrize(("dual", "sent", "low_income"), [
    ("02", "", "T"), ("06", "", "T"), ("08", "F", "T"),  # by law, 42 CFR 423.773(c)
    ("05", "", ""), ("NA", "", ""), ("NA", "T", "T"), ("NA", "F", "F"), ("", "", ""),
])
def test_who_has_medicaid_has_the_drug_subsidy_and_of_others_the_roster_says_it(run, dual, sent, low_income):
    assert run("coded/medicare_year", {"valid.eligibility": f"""
        person | source_row | birth_date | product_line | enrollment_start_date | dual_status_code | low_income_subsidy:BOOLEAN
        1      | 1          | 1950-01-01 | medicare     | 2026-01-01            | {dual}           | {sent}
    """}, as_of="2026-11-20") == rows(f"""
        person | year | low_income
        1      | 2026 | {low_income}
    """)


@pytest.mark.parametrize(("status", "crec"), [("10", "0"), ("20", "1"), ("11", "2"), ("31", "2"), ("21", "3"), ("40", ""), ("", "")])
def test_the_medicare_status_says_what_entitles_now(run, status, crec):
    assert run("coded/medicare_year", {"valid.eligibility": f"""
        person | source_row | birth_date | product_line | enrollment_start_date | medicare_status_code | benefit_pharmacy:BOOLEAN
        1      | 1          | 1950-01-01 | medicare     | 2026-01-01            | {status}             | T
    """}, as_of="2026-11-20") == rows(f"""
        person | year | crec   | part_d
        1      | 2026 | {crec} | T
    """)


@pytest.fixture(scope="module")
def scored():
    """result.risk_score over four people of 76: Part D with and without a known low income, Part D not said, and Part D denied."""
    connection = database.connect()
    macros.prepare(connection)
    load_tables(connection)
    drawn.create(connection, "coded.person", "person | birth_date | sex\n" + "\n".join(f"{n} | 1950-05-01 | female" for n in range(1, 5)))
    drawn.create(connection, "coded.medicare_year", """
        person | year | months | dual_status | orec | institutional | chronic_snp | new_enrollee | crec | part_d:BOOLEAN | low_income:BOOLEAN
        1      | 2026 | 12     | NA          | 0    | F             | F           | F            | 0    | T              | F
        2      | 2026 | 12     | NA          | 0    | F             | F           | F            | 0    | T              |
        3      | 2026 | 12     | NA          | 0    | F             | F           | F            | 0    |                | F
        4      | 2026 | 12     | NA          | 0    | F             | F           | F            | 0    | F              | F
    """)
    drawn.create(connection, "coded.diagnosis_year", "person | year | code | counts\n" + "\n".join(f"{n} | 2026 | I5022 | T" for n in range(1, 5)))
    drawn.create(connection, "coded.diagnosed_year", "person | year | readable")
    sql.create(connection, sql.relation(QUERIES / "result" / "risk_score.sql"), layer_parameters(AS_OF))
    return connection


def test_who_has_part_d_is_scored_by_rxhcc_too_and_nobody_else(scored):
    found = scored.execute("SELECT person, model, segment, not_scoreable FROM result.risk_score WHERE model <> 'V24' ORDER BY person, model DESC").fetchall()
    assert [(person, model) for person, model, *_ in found] == [(1, "V28"), (1, "RxHCC-V08"), (2, "V28"), (2, "RxHCC-V08"), (3, "V28"), (4, "V28")]
    of_drugs = {person: (segment, reason) for person, model, segment, reason in found if model == "RxHCC-V08"}
    assert of_drugs == {1: ("Rx_CE_NoLowAged", None), 2: (None, "low income status is not known")}


def test_rxhcc_adds_up_its_own_factors(scored):
    release, score, hccs, factors = scored.execute("""SELECT release, raw_score, hccs, factors FROM result.risk_score
        WHERE person = 1 AND model = 'RxHCC-V08'""").fetchone()
    assert hccs == [186] and {one["factor"] for one in factors} == {"F75_79", "RXHCC186"}
    known = dict(scored.execute("SELECT variable, coefficient FROM reference.risk_factor WHERE release = ? AND segment = 'Rx_CE_NoLowAged'", [release]).fetchall())
    assert score == known["F75_79"] + known["RXHCC186"] == sum(one["coefficient"] for one in factors)


def test_a_factor_of_a_sensitive_condition_is_sensitive_alone_and_with_others(scored):
    hidden = {name for (name,) in scored.execute("SELECT factor FROM reference.risk_factor_name WHERE sensitive AND release IN ('V28-2026', 'RxHCC-V08-2026')").fetchall()}
    assert {"HCC1", "HCC155", "gSubUseDisorder_gPsych_V28", "RXHCC1", "RXHCC132", "NonAged_RXHCC132"} <= hidden
    assert not hidden & {"HCC226", "DIABETES_HF_V28", "RXHCC186", "NonAged_RXHCC159", "F65_69"}


def test_every_factor_has_words(scored):
    assert scored.execute("SELECT factor, label FROM reference.risk_factor_name WHERE label IS NULL OR label = factor OR label LIKE '%\\_%' ESCAPE '\\'").fetchall() == []




def said(risks: dict[int, str | None]):
    """A connection whose layer `history` says of each person a raw score."""
    connection = database.connect()
    macros.prepare(connection)
    for name in ("result", "unit_count", "rate", "contract", "panel", "panel_set", "rule"):
        drawn.create_empty(connection, f"history.{name}", drawn._known()[f"history.{name}"])
    connection.execute("""CREATE TABLE history.risk (person INTEGER, tier VARCHAR, charlson SMALLINT, release VARCHAR, raw_score DECIMAL(12, 3),
        factors STRUCT(factor VARCHAR, coefficient DECIMAL(9, 3))[], rx_release VARCHAR, rx_score DECIMAL(12, 3), said UBIGINT)""")
    for person, score in risks.items():
        connection.execute("INSERT INTO history.risk SELECT $1, 'medium', 1, 'V28-2026', $2::DECIMAL(12, 3), [], NULL, NULL, hash($1, $2::DECIMAL(12, 3))", [person, score])
    return connection


def keep(home, as_of, risks, published=None):
    with contextlib.closing(said(risks)) as connection:
        history.keep(connection, home, history.Version(as_of, datetime(2026, 12, 31), published))


def past(home, as_of, people=None):
    with contextlib.closing(said({})) as connection:
        history.read_past(connection, home, as_of, people)
        return connection.execute("SELECT person, from_date, to_date, raw_score, year_ago_date FROM history.past_risk ORDER BY ALL").fetchall()


def test_what_was_said_is_one_row_as_long_as_it_stays_and_is_read_by_month(tmp_path):
    for day, risks in ((date(2025, 11, 30), {1: "1.120", 2: None}), (date(2025, 12, 31), {1: "1.120", 2: None}), (date(2026, 6, 30), {1: "1.430"}),
                       (date(2026, 11, 10), {1: "1.500"})):
        keep(tmp_path, day, risks)
    assert past(tmp_path, date(2026, 11, 20)) == [
        (1, date(2025, 11, 30), date(2025, 12, 31), Decimal("1.120"), date(2025, 11, 30)), (1, date(2026, 6, 30), date(2026, 6, 30), Decimal("1.430"), None),
        (2, date(2025, 11, 30), date(2025, 12, 31), None, date(2025, 11, 30))]
    assert [row[0] for row in past(tmp_path, date(2026, 11, 20), [2])] == [2]
    assert past(tmp_path, date(2025, 11, 30)) == []


def test_a_month_filled_back_between_others_says_what_it_said(tmp_path):
    for day, score in ((date(2026, 1, 31), "1.000"), (date(2026, 3, 31), "1.000"), (date(2026, 2, 28), "2.000"), (date(2025, 12, 31), "1.000")):
        keep(tmp_path, day, {1: score})
    assert [(begin, end, float(score)) for _, begin, end, score, _ in past(tmp_path, date(2026, 4, 1))] == [
        (date(2025, 12, 31), date(2026, 1, 31), 1.0), (date(2026, 2, 28), date(2026, 2, 28), 2.0), (date(2026, 3, 31), date(2026, 3, 31), 1.0)]


def test_a_score_above_what_was_said_a_year_ago_is_told_beside_it(run):
    assert run("mart/risk", {
        "result.risk_score": """
            person | model | service_year | release  | segment | raw_score
            1      | V28   | 2026         | V28-2026 | CNA     | 1.430
            2      | V28   | 2026         | V28-2026 | CNA     | 1.430
        """,
        "history.past_risk": """
            person | year_ago_date | tier   | release  | raw_score
            1      |               | low    | V28-2026 | 9.000
            1      | 2025-11-30    | medium | V28-2025 | 1.120
            2      | 2025-11-30    | medium | V24-2025 | 1.120
        """}, as_of="2026-11-20") == rows("""
            person | raw_score | score_year_ago | tier_year_ago
            1      | 1.430     | 1.120          | medium
            2      | 1.430     |                | medium
        """)


def test_the_tier_goes_by_the_prediction_and_by_illnesses_where_there_is_none(run):
    """Person 3: the model's scores are of a later day than this version; person 4: the model may not be used."""
    drawings = {
        "result.comorbidity": "person | of_index | year | score\n" + "\n".join(f"{n} | charlson | 2026 | 0" for n in range(1, 5)),
        "extract.prediction": """
            person | outcome   | probability | earlier_probability | tier
            1      | admission | 0.14        | 0.06                | high
            3      | later     | 0.14        | 0.06                | high
            4      | emergency | 0.14        | 0.06                | high
        """,
        "extract.prediction_model": """
            outcome   | as_of      | reason
            admission | 2026-11-20 |
            later     | 2026-11-21 |
            emergency | 2026-11-20 | too few events
        """,
        "coded.person": "person\n1\n2\n3\n4", "coded.diagnosed_year": "person | year | readable\n" + "\n".join(f"{n} | 2026 | T" for n in range(1, 5))}
    assert run("mart/risk", drawings, as_of="2026-11-20") == rows("""
        person | tier | by_prediction | moved | illness_tier
        1      | high | T             | up    | low
        2      | low  | F             |       | low
        3      | low  | F             |       | low
        4      | low  | F             |       | low
    """)

"""One example for each fault that other programs have (measures/risk/README.md), and what is said when something is not known."""

from decimal import Decimal

import pytest

from dashboard import database
from dashboard.risk.score import score_files

PERSON = {"person_id": "p", "age": 70, "sex": "F", "dual_status": "00", "orec": "0", "crec": "0", "new_enrollee": False, "snp": False,
          "lti": False, "low_income": False}
TYPES = {"age": "INTEGER", **dict.fromkeys(("new_enrollee", "snp", "lti", "low_income"), "BOOLEAN")}


@pytest.fixture
def score(tmp_path):
    """score("V28", ["E11.9"], age=70) gives (segment, raw score, categories, names of factors, why not)."""
    def of(model, codes, year=2026, **given):
        connection = database.connect(threads=1)
        values = ", ".join(f"CAST(${name} AS {TYPES.get(name, 'VARCHAR')}) AS {name}" for name in PERSON)
        connection.execute(f"CREATE TABLE member AS SELECT {values}", PERSON | given)
        connection.execute("CREATE TABLE diagnosis AS SELECT 'p' AS person_id, unnest(CAST($codes AS VARCHAR[])) AS code", {"codes": codes})
        for table in ("member", "diagnosis"):
            connection.execute(f"COPY {table} TO '{tmp_path / table}.parquet'")
        score_files(tmp_path / "member.parquet", tmp_path / "diagnosis.parquet", model, year, tmp_path / "out.parquet")
        return connection.execute(f"""SELECT segment, raw_score, hccs, list_transform(factors, lambda f: f.factor), not_scoreable
                                      FROM '{tmp_path / "out.parquet"}'""").fetchone()
    return of


@pytest.mark.parametrize(("orec", "crec"), [("2", "0"), ("3", "0"), ("0", "2"), ("0", "3")])
def test_a_new_enrollee_with_kidney_failure_is_scored(score, orec, crec):
    assert score("V28", [], age=67, new_enrollee=True, orec=orec, crec=crec)[:2] == score("V28", [], age=67, new_enrollee=True)[:2]
    assert score("V28", [], age=67, new_enrollee=True, orec=orec, crec=crec)[1] > 0


def test_a_code_of_two_categories_loses_both_by_an_edit(score):
    code = ["I70.233"]  # an ulcer of the leg with its artery disease; valid from 15 years on
    assert score("V28", code, age=14, orec="1")[2] == []
    assert score("V28", code, age=15, orec="1")[2] == ["263"]


def test_new_enrollees_have_no_diseases(score):
    for given in ({"new_enrollee": True}, {"new_enrollee": True, "snp": True}, {"new_enrollee": True, "lti": True}):
        segment, value, categories, factors, _ = score("V28", ["E11.9", "I50.9"], **given)
        assert segment in ("NE", "SNPNE") and categories == [] and len(factors) == 1 and value > 0


def test_a_hierarchy_drops_what_it_names_not_all_with_greater_numbers(score):
    # Quadriplegic cerebral palsy (191) drops quadriplegia (180) and paraplegia (181): the greater number stays, the least goes.
    assert score("V28", ["G82.50", "G82.20", "G80.0"])[2] == ["191"]
    assert score("V28", ["G82.50", "G82.20"])[2] == ["180"]


def test_coefficients_have_a_year(score):
    with pytest.raises(Exception, match=r"--year: no tables of V28 for payment year 2027\. There are 2025, 2026"):
        score("V28", [], year=2027)


@pytest.mark.parametrize("orec", ["1", "2", "3"])
def test_people_entitled_by_kidney_failure_stay_in_their_segments(score, orec):
    assert score("V28", [], age=50, orec=orec)[:2] == ("CND", score("V28", [], age=50, orec="1")[1])
    assert score("V28", [], age=70, orec=orec)[0] == "CNA"


def test_a_new_enrollee_of_64_entitled_by_age_counts_as_65(score):
    assert score("V28", [], age=64, new_enrollee=True, orec="0")[3] == ["NMCAID_NORIGDIS_NEF65"]
    assert score("V28", [], age=64, new_enrollee=True, orec="1")[3] == ["NMCAID_NORIGDIS_NEF60_64"]


@pytest.mark.parametrize(("missing", "says"), [("orec", "OREC"), ("dual_status", "dual"), ("lti", "institutional"), ("sex", "sex"), ("age", "age"),
                                               ("new_enrollee", "Part B")])
def test_what_is_not_known_is_said_and_never_made_up(score, missing, says):
    segment, value, categories, factors, why = score("V28", ["E11.9"], **{missing: None})
    assert (segment, value, categories, factors) == (None, None, None, None) and says in why


def test_an_unknown_medicaid_status_is_not_scored_and_matters_only_where_the_model_asks(score):
    assert "dual" in score("V28", [], dual_status="99")[4]
    assert score("RxHCC-V08", [], dual_status=None)[1] is not None


def test_an_example_by_hand(score):
    """70 years, diabetes with complications (0.166), heart failure (0.360), both together (0.112): CMS 2024 model, community, non-dual, aged."""
    segment, value, categories, factors, _ = score("V28", ["E11.22", "i50.22", "Z99.99"])
    assert (segment, categories) == ("CNA", ["37", "226"])
    assert "DIABETES_HF_V28" in factors and "F70_74" in factors
    assert value == Decimal("0.395") + Decimal("0.166") + Decimal("0.360") + Decimal("0.112")

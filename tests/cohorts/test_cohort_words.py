"""The text of a cohort: what is read, said, refused and compiled; the facts of a person; the catalogue."""

import csv

import pytest
from drawn import of_kinds

from dashboard.cohorts import saved, words
from dashboard.cohorts.facts import facts
from dashboard.errors import Fault
from dashboard.settings import DATA, MEASURES


@pytest.mark.parametrize("text, said", [
    ("diabetes", ["diabetes"]),
    ("bmi>=30|obesity;!dementia", ["last body mass index at least 30 kg/m2 or a diagnosis of obesity", "not: dementia"]),
    ("age>=65;conditions>=3", ["age at least 65 years", "co-morbid conditions at least 3"]),
    ("risk_tier=very_high|hcc_score>=1.5;risk_risen", ["risk tier: very high or raw CMS-HCC V28 score at least 1.5", "a risk score up since last year"]),
    ("gap=COL-E;plan=medicaid;language=es", ["open gap: Colorectal cancer screening", "plan: Medi-Cal", "language: es"]),
])
def test_words_are_read_written_and_said(text, said):
    lines = words.read(text)
    assert words.write(lines) == text
    assert [words.say(line, {("gap", "COL-E"): "Colorectal cancer screening"}) for line in lines] == said


@pytest.mark.parametrize("text", ["unheard_of", "age", "age=65", "age>=x", "age>=1e9", "diabetes=1", "sex=x", "gap", "a1c>=", "' OR 1=1", "age>=65--", "|", "!", "diabetes|",
                                  "DIABETES", "x" * 2_000, ";".join(f"age>={n}" for n in range(13)), "|".join(f"age>={n}" for n in range(7)), "\x00", "é"])
def test_what_is_no_word_is_refused(text):
    with pytest.raises(Fault):
        words.read(text)


def test_a_cohort_is_compiled_to_parameters():
    assert words.compiled(words.read("diabetes;bmi>=30|sex=male;!a1c<=7.5")) == {
        "lines": [0, 1, 1, 2], "fact": ["diabetes", "bmi", "sex", "a1c"], "low": [None, 30.0, None, None], "high": [None, None, None, 7.5],
        "word": [None, None, "male", None], "absent": [False, False, False, True]}


def test_the_ready_made_ones_are_read():
    assert [one.id for one in saved.ready()] == ["obese-diabetes", "three-conditions", "rising-risk", "hot-spotters"]
    assert all(one.source for one in saved.ready())


def test_the_catalogue_names_concepts_that_are_and_none_that_is_sensitive():
    def column(path, name):
        with path.open(newline="", encoding="utf-8") as file:
            return [row[name] for row in csv.DictReader(line for line in file if not line.startswith("#"))]
    asked = {concept for cell in column(DATA / "reference" / "cohort_fact.csv", "concepts") for concept in cell.split("+")}
    assert asked <= set(column(MEASURES / "value_sets" / "index.csv", "concept"))
    assert not asked & set(column(DATA / "reference" / "sensitive.csv", "name"))
    assert len(facts()) == len(column(DATA / "reference" / "cohort_fact.csv", "fact")) + 16


PERSONS = "person | death_date | held\n" + "\n".join(f"{n} | | F" for n in range(1, 8)) + "\n8 | 2024-05-01 | F"
TABLES = {"reference.cohort_fact": """
    fact      | kind      | concept | months | low | high   | comorbid
    diabetes  | diagnosis | dm      | 24     |     |        | T
    stroke    | diagnosis | cva     | 24     |     |        | T
    a1c       | reading   | a1c     | 24     |     |        | F
    a1c_risen | crossing  | a1c     | 24     | 5.7 |        | F
    egfr_fell | crossing  | egfr    | 24     |     | 59.999 | F
    statin    | drug      | statin  | 6      |     |        | F
    ed        | use       | ed      | 12     |     |        | F
""", "reference.concept": """
    concept | name
    1       | dm
    2       | cva
    3       | a1c
    4       | egfr
    5       | statin
    6       | ed
""", "coded.person": PERSONS}


def facts_of(run, text, name):
    found = run("mart/person_fact", {**TABLES, "coded.event": of_kinds(text)}, as_of="2024-12-31")
    return [(row["person"], row["value"]) for row in sorted(found, key=lambda row: row["person"]) if row["fact"] == name]


def test_diagnoses_hold_for_two_years_or_while_on_the_problem_list(run):
    text = """
        person | concept | kinds             | start_date | end_date
        1      | 1       | condition claim   | 2022-12-31 | 2022-12-31
        2      | 1       | condition claim   | 2022-12-30 | 2022-12-30
        3      | 1       | condition problem | 2010-01-01 | infinity
        4      | 1       | condition problem | 2010-01-01 | 2020-01-01
        5      | 1       | claim pending     | 2024-06-01 | 2024-06-01
        6      | 1       | condition claim laboratory_claim | 2024-06-01 | 2024-06-01
        8      | 1       | condition claim   | 2024-03-01 | 2024-03-01
        1      | 2       | condition claim   | 2024-03-01 | 2024-03-01
        1      | 2       | condition claim   | 2024-04-01 | 2024-04-01
    """
    assert facts_of(run, text, "diabetes") == [(1, None), (3, None)]
    assert facts_of(run, text, "conditions") == [(1, 2.0), (3, 1.0)]


def test_the_last_reading_counts_and_a_threshold_is_crossed_by_the_last_two_days(run):
    text = """
        person | concept | kinds       | start_date | value | value_high | fact
        1      | 3       | observation | 2024-03-01 | 5.6   | 5.6        | 1
        1      | 3       | observation | 2024-09-01 | 5.7   | 5.7        | 2
        2      | 3       | observation | 2024-03-01 | 5.7   | 5.7        | 3
        2      | 3       | observation | 2024-09-01 | 5.8   | 5.8        | 4
        3      | 3       | observation | 2024-09-01 | 6.0   | 6.0        | 5
        4      | 3       | observation | 2024-03-01 | 5.6   | 5.6        | 6
        4      | 3       | observation | 2024-09-01 | 5.69  | 5.69       | 7
        5      | 4       | observation | 2024-03-01 | 60    | 60         | 8
        5      | 4       | observation | 2024-09-01 | 59    | 59         | 9
        6      | 4       | observation | 2024-03-01 | 59    | 59         | 10
        6      | 4       | observation | 2024-09-01 | 60    | 60         | 11
        7      | 3       | observation | 2022-03-01 | 5.0   | 5.0        | 12
        7      | 3       | observation | 2024-03-01 | -infinity | 6.99   | 13
    """
    assert facts_of(run, text, "a1c") == [(1, 5.7), (2, 5.8), (3, 6.0), (4, 5.69)]
    assert facts_of(run, text, "a1c_risen") == [(1, 5.7)]
    assert facts_of(run, text, "egfr_fell") == [(5, 59.0)]


def test_drugs_and_visits_of_the_last_months(run):
    text = """
        person | concept | kinds              | start_date | end_date
        1      | 5       | medication fill    | 2024-06-30 | 2024-06-30
        2      | 5       | medication fill    | 2024-06-29 | 2024-06-29
        3      | 5       | medication ordered | 2024-12-01 | 2024-12-01
        1      | 6       | done claim         | 2024-01-01 | 2024-01-01
        1      | 6       | done claim         | 2024-02-01 | 2024-02-01
        1      | 6       | done claim         | 2024-02-01 | 2024-02-01
        1      | 6       | done claim         | 2023-12-31 | 2023-12-31
    """
    assert facts_of(run, text, "statin") == [(1, None)]
    assert facts_of(run, text, "ed") == [(1, 2.0)]


def test_social_needs_on_claims_of_twelve_months(run):
    """1: in time; 2: a year ago; 3: denied; 4: unwanted pregnancy is no fact of a list; 5: another code."""
    found = run("mart/person_fact", {**TABLES, "reference.comorbidity_code": """
        of_index | condition | code
        social   | need      | Z59
        social   | need      | Z641
    """, "coded.diagnosis_year": """
        person | year | code  | stands | last_date
        1      | 2024 | Z5901 | T      | 2024-01-01
        2      | 2023 | Z5901 | T      | 2023-12-31
        3      | 2024 | Z5901 | F      | 2024-05-01
        4      | 2024 | Z640  | T      | 2024-05-01
        5      | 2024 | E119  | T      | 2024-05-01
    """}, as_of="2024-12-31")
    assert [(row["person"], row["fact"]) for row in found] == [(1, "social_need")]


def test_lines_all_hold_alternatives_suffice_and_absent_lines_do_not(run):
    tables = {"mart.panel": """
        person | panel | age | sex    | language | contracts:INTEGER[]
        1      | 5     | 70  | female | es       | [7]
        1      | 6     | 70  | female | es       | [7]
        2      | 5     | 50  | male   | en       | [8]
        3      | 9     | 80  | male   | en       | [7]
        4      | 5     | 80  | male   |          | [7, 8]
    """, "mart.contract": "contract | product_line\n7 | medicare\n8 | medicaid", "mart.person_fact": """
        person | fact     | value:DOUBLE
        1      | diabetes |
        2      | diabetes |
        3      | diabetes |
        2      | bmi      | 31.5
        4      | bmi      | 29.9
    """, "mart.gap": """
        person | measure_id | status | sensitive | period
        1      | COL-E      | open   | F         | 2024
        2      | COL-E      | closed | F         | 2024
        4      | IET        | open   | T         | 2024
    """, "mart.version": "as_of:DATE\n2024-12-31", "mart.prediction": """
        person | outcome   | probability | tier | rising
        4      | admission | 0.4         | high | T
        1      | admission | 0.1         | low  | F
    """, "mart.risk": """
        person | tier      | charlson | illness_moved | raw_score:DECIMAL(12,3) | raw_score_before:DECIMAL(12,3) | score_year_ago:DECIMAL(12,3)
        1      | very high | 6        | same  | 1.2       | 1.1 |
        2      | low       | 0        | up    |           | |
        4      |           |          |       | 0.5       | 0.7 |
    """, "mart.risk_prompt": """
        person | kind    | prompt         | sensitive | in_score | answered
        1      | confirm | confirm-hcc37  | F         | F        | F
        1      | remove  | remove-hcc37   | F         | T        | T
        2      | confirm | confirm-hcc155 | T         | F        | F
        2      | remove  | remove-hcc155  | F         | F        | F
        4      | remove  | remove-hcc38   | F         | T        | F
    """}

    def people(text, contract=None):
        return [row["person"] for row in run("page/cohort_people", tables, panels=[5, 6], contract=contract, answers=[], **words.compiled(words.read(text)))]
    assert people("age>=0") == [1, 2, 4]
    assert people("diabetes") == [1, 2]
    assert people("diabetes;bmi>=30") == [2]
    assert people("bmi>=30|language=es") == [1, 2]
    assert people("!diabetes") == [4]
    assert people("!diabetes|bmi>=25") == []
    assert people("age>=65;!language=es") == [4]
    assert people("plan=medicaid") == [2, 4] and people("plan=medicaid", contract=7) == [4]
    assert people("gap=COL-E") == [1] and people("gap=IET") == []
    assert people("risk_tier=very_high") == [1] and people("!risk_tier=low") == [1, 4] and people("charlson<=5") == [2]
    assert people("hcc_score>=0.5") == [1, 4] and people("risk_risen") == [1, 2]
    # Sensitive conditions and what is in no score are on no list.
    assert people("prompt=confirm") == [1] and people("prompt=remove") == [4]
    assert people("admission_risk=high") == [4] and people("admission_rising") == [4]
    assert people("age<=50") == [2] and people("age>=50;age<=70") == [1, 2]

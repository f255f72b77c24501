"""Sensitive services: on no list, and on a patient's page only for those who treat the patient and ask."""

from datetime import date
from types import SimpleNamespace

import pytest
from drawn import rows, run
from test_access_matrix import patient_path
from visits import open_page

from dashboard import patient_facts, queries
from dashboard.access import audit
from dashboard.build import macros
from dashboard.state import open_store

GAPS = {
    "mart.gap": """
        person | measure_id | period | unit | unit_date:DATE | status | standing | counted_status | counted_standing | rate_id | title | last_day   | harm | by_enrolment | rates:STRUCT(contract INTEGER)[] | answer_id:INTEGER | fresh:VARCHAR[] | sensitive
        1      | COL-E      | 2026   | 0    |                | open   | 2        | open           | 2                | 1       | Colon | 2026-12-31 | 4    | T            | [{'contract': 7}]               |                   |                 | F
        1      | CHL        | 2026   | 0    |                | open   | 2        | open           | 2                | 2       | Swab  | 2026-12-31 | 4    | T            | [{'contract': 7}]               |                   |                 | T
    """,
}


@pytest.mark.parametrize(("sensitive", "found"), [(False, ["COL-E"]), (True, ["CHL", "COL-E"])])
def test_a_sensitive_gap_shows_when_asked_for(sensitive, found):
    answer = run("page/patient_gaps", GAPS, person=1, year=2026, sensitive=sensitive)
    assert sorted(row["measure_id"] for row in answer) == found


def test_no_list_counts_a_sensitive_gap():
    answer = run("mart/gap", {
        "reference.sensitive": "kind | name | service\n measure | CHL | infection",
        "reference.rate": """
            rate_id | measure_id | variant | rate | title | better | basis  | harm | chart_only
            1       | CHL        | HEDIS   | CHL  | Swab  | higher | person | 4    | F
        """,
        "result.measure_result": """
            rate_id | period | person | unit | contract | denominator | exclusion | exception | numerator | last_day   | met
            1       | 2024   | 1      | 0    | 7        | T           | F         | F         | F         | 2024-12-31 | 0
        """})
    assert answer == rows("person | measure_id | sensitive\n 1 | CHL | T")


@pytest.mark.parametrize(("username", "wanted"), [("physician", True), ("assistant", True), ("director", False), ("support", False), ("analyst", False)])
def test_only_those_who_treat_are_answered(server, home, clients, monkeypatch, username, wanted):
    bound = []
    real = queries._kept_rows
    monkeypatch.setattr(queries, "_kept_rows", lambda name, parameters: bound.append(parameters.get("sensitive")) or real(name, parameters))
    answer = open_page(clients[username], patient_path(server, home, username, 1), "?sensitive=1")
    assert answer.status_code == 200
    assert {value for value in bound if value is not None} == {wanted}
    assert ("sensitive services" in answer.text) == wanted
    assert audit.newest(open_store(home), 1)[0].detail == {"sensitive": 1}


FACTS = {
    "reference.sensitive": "kind | name | service\n concept | hiv_screen | infection",
    "reference.concept": "concept | name | origin\n 1 | laboratory | official\n 2 | hiv_screen | official\n 3 | asthma | official",
}


def told(known: dict, sensitive: bool) -> set[tuple[int, int]]:
    """Fact and concept of what the patient's page has to tell."""
    return {(row["fact"], row["concept"]) for row in run("page/patient_history", known, person=1, sensitive=sensitive)}


def test_a_fact_is_as_sensitive_as_the_most_sensitive_of_its_concepts():
    bit = macros.kind_bits()["procedure"]
    known = {**FACTS, "coded.event": f"""
        person | concept | fact | kinds | start_date | end_date   | value:DOUBLE | value_high:DOUBLE
        1      | 1       | 5    | {bit} | 2024-01-02 | 2024-01-02 |              |
        1      | 2       | 5    | {bit} | 2024-01-02 | 2024-01-02 |              |
        1      | 1       | 6    | {bit} | 2024-01-02 | 2024-01-02 |              |
    """}
    assert told(known, sensitive=True) == {(5, 1), (5, 2), (6, 1)}
    assert told(known, sensitive=False) == {(6, 1)}


def test_a_history_comes_in_the_order_of_its_facts():
    """Of two facts of one name the first lends its unit: that must not hang on how the question is planned."""
    bit = macros.kind_bits()["observation"]
    events = "\n".join(f"1 | {1 + fact % 2} | {fact} | {bit} | 2024-01-02 | 2024-01-02 | {fact % 3} | {fact % 3}" for fact in range(400, 0, -1))
    told = run("page/patient_history", {**FACTS, "coded.event": f"person | concept | fact | kinds | start_date | end_date | value | value_high\n{events}"},
               person=1, sensitive=True)
    assert [row["fact"] for row in told] == list(range(1, 401))


def test_a_patient_s_page_says_of_each_diagnosis_whether_it_counts(server, home, clients):
    path = patient_path(server, home, "physician", 1)
    plain, asked = (open_page(clients["physician"], path, search).text for search in ("", "?sensitive=1"))
    assert "1 of 2 on claims of this year" in plain and "diabetes (" in plain and "does not count: service does not count" in plain and "F32.1" not in plain
    assert "1 of 3 on claims of this year" in asked and "F32.1" in asked and "does not count: claim not paid" in asked


@pytest.mark.parametrize(("sensitive", "fact", "on_date"), [(False, 5, "2024-01-02"), (True, 6, "2024-06-06")])
def test_of_a_condition_last_told_with_a_sensitive_service_the_mention_before_shows(sensitive, fact, on_date):
    """The claim of the screening names the asthma too: that claim is not shown unasked, and the asthma is no secret."""
    claim, diagnosis = macros.kind_bits()["procedure"], macros.kind_bits()["condition"]
    told = run("page/patient_history", {**FACTS, "coded.event": f"""
        person | concept | fact | kinds       | start_date | end_date   | value:DOUBLE | value_high:DOUBLE
        1      | 3       | 4    | {diagnosis} | 2023-01-02 | 2023-01-02 |              |
        1      | 3       | 5    | {diagnosis} | 2024-01-02 | 2024-01-02 |              |
        1      | 3       | 6    | {diagnosis} | 2024-06-06 | 2024-06-06 |              |
        1      | 2       | 6    | {claim}     | 2024-06-06 | 2024-06-06 |              |
    """}, person=1, sensitive=sensitive)
    named = patient_facts.named_once([SimpleNamespace(**row) for row in told], {3: patient_facts.Concept(1, "Asthma", frozenset({3}), True)})
    assert named == {("condition", date.fromisoformat(on_date), "Asthma", None): (None, fact, None)}
    assert [row["fact"] for row in told if row["what"] == "service"] == ([6] if sensitive else [])


def test_a_sensitive_diagnosis_hides_itself_and_what_its_code_means_as_well_and_not_the_one_beside_it():
    """It stands on the claims of all visits: with it the high blood pressure would be gone from the history."""
    diagnosis = macros.kind_bits()["visit_diagnosis"] | macros.kind_bits()["claim"]
    known = {**FACTS, "reference.value_set_code": """
        concept | code_system | code
        2       | ICD10CM     | F411
        1       | ICD10CM     | F4*
        3       | ICD10CM     | I10
    """, "coded.event": f"""
        person | concept | fact | kinds       | start_date | end_date   | value:DOUBLE | value_high:DOUBLE
        1      | 1       | 5    | {diagnosis} | 2024-01-02 | 2024-01-02 |              |
        1      | 2       | 5    | {diagnosis} | 2024-01-02 | 2024-01-02 |              |
        1      | 3       | 5    | {diagnosis} | 2024-01-02 | 2024-01-02 |              |
        1      | 1       | 6    | {diagnosis} | 2024-03-02 | 2024-03-02 |              |
    """}
    assert told(known, sensitive=True) == {(5, 1), (5, 2), (5, 3), (6, 1)}
    assert told(known, sensitive=False) == {(5, 3), (6, 1)}


def test_a_condition_that_only_the_charlson_index_knows_stands_in_the_history(server, home, clients):
    page = open_page(clients["physician"], patient_path(server, home, "physician", 1)).text
    assert "Congestive heart failure" in page.partition("Conditions")[2]

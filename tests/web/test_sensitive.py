"""Sensitive services: on no list, and on a patient's page only for those who treat the patient and ask."""

import pytest
from drawn import rows, run
from test_access_matrix import patient_path
from visits import open_page

from dashboard import queries
from dashboard.access import audit
from dashboard.state import open_store

GAPS = {
    "mart.version": "version | as_of\n 1 | 2026-11-22",
    "mart.panel": "panel | person\n 70 | 1",
    "mart.contract": "contract:INTEGER | plan | payer\n 7 | A | A",
    "mart.rate_name": "rate_id | action | why | variant\n 1 | act | because | HEDIS\n 2 | act | because | HEDIS",
    "mart.answer": "person:INTEGER | measure_id | period:SMALLINT | unit:BIGINT | answer_id:INTEGER | fresh:VARCHAR[]",
    "mart.gap": """
        person | measure_id | period | unit | unit_date:DATE | status | standing | counted_status | counted_standing | rate_id | title | last_day   | harm | by_enrolment | rates:STRUCT(contract INTEGER)[] | sensitive
        1      | COL-E      | 2026   | 0    |                | open   | 2        | open           | 2                | 1       | Colon | 2026-12-31 | 4    | T            | [{'contract': 7}]               | F
        1      | CHL        | 2026   | 0    |                | open   | 2        | open           | 2                | 2       | Swab  | 2026-12-31 | 4    | T            | [{'contract': 7}]               | T
    """,
}


@pytest.mark.parametrize(("sensitive", "found"), [(False, ["COL-E"]), (True, ["CHL", "COL-E"])])
def test_a_sensitive_gap_shows_when_asked_for(sensitive, found):
    answer = run("page/patient_gaps", GAPS, panels=[70], person=1, sensitive=sensitive, answers=[])
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

"""Roll-ups as pages ask for them: a count is the rows of its list, for every role, scope and plan."""

import pytest
from test_page_queries import viewer
from visits import USERS

from dashboard.queries import ask
from dashboard.statistics import to_goal

WATCHERS = [name for name, user in USERS.items() if user[0] in ("support", "director", "analyst")]
SHOWN = {"open": "open_people", "soon": "soon_people", "likely": "likely_people", "missed": "missed_people", "later": "later_people",
         "closed": "closed_people", "excluded": "excluded_people", "all": "people"}


@pytest.fixture
def asked(server, home):
    """asked("support", "rates", contract=7)"""
    def question(username, name, **parameters):
        with server.test_request_context():
            return ask(name, viewer(home, username), **parameters)
    return question


@pytest.mark.parametrize("username", WATCHERS)
@pytest.mark.parametrize("plan", [None, 7, 8, 999])
def test_every_count_of_a_rate_is_the_rows_of_its_list(asked, username, plan):
    for row in asked(username, "rates", contract=plan, line=""):
        for show, column in SHOWN.items():
            people = asked(username, "measured_people", line="", contract=plan, rate=row.slug, show=show, reason="", aspect="", value="", page=1, page_size=100)
            assert len(people) == getattr(row, column), (row.slug, show)
            assert {person.person for person in people} <= USERS[username][3] | {5}


def test_a_scope_sees_its_own_counts(asked):
    def colon(username):
        return next((row.open_people, row.likely_people, row.rejected_people, row.denominator) for row in asked(username, "rates", line="") if row.slug == "col-e")
    assert colon("support") == (2, 0, 1, 2)  # Lopez, and Brownlee whose claim was rejected; Chen is excluded
    assert colon("director") == (2, 1, 1, 3)  # Coleman's claim is not decided yet
    assert colon("analyst") == (3, 1, 1, 4)


def test_reasons_are_the_rows_of_their_lists(asked):
    rows = asked("analyst", "reasons", rate="col-e")
    assert {(row.status, row.reason): row.people for row in rows} == {
        ("open", "rejected"): 1, ("open", "too early"): 1, ("open", "nothing found"): 1, ("likely_done", "pending"): 1, ("excluded", None): 1}
    people = asked("analyst", "measured_people", line="", rate="col-e", show="open", reason="rejected", aspect="", value="", page=1, page_size=100)
    assert [row.person for row in people] == [20]


def test_reasons_of_a_practice_are_those_of_its_measures_with_a_goal(asked):
    """Support sees P1 alone."""
    wanted = {}
    for slug in {row.slug for row in asked("support", "goals", by="")}:
        for row in asked("support", "reasons", rate=slug):
            if row.status in ("open", "open_due_soon") and row.people:
                wanted[row.reason or "nothing found"] = wanted.get(row.reason or "nothing found", 0) + row.people
    assert {(row.place, row.reason): row.gaps for row in asked("support", "practice_reasons")} == {("P1", why): gaps for why, gaps in wanted.items()} != {}


def test_a_goal_counts_where_it_holds(asked):
    rows = {(row.slug, row.place): row for row in asked("analyst", "goals", by="practice")}
    assert {key for key, row in rows.items() if row.plan_key == "medicare"} == set(rows)
    assert to_goal(rows["col-e", "P1"].closed, rows["col-e", "P1"].denominator, rows["col-e", "P1"].goal) == 2
    assert asked("analyst", "goals", contract=8, by="") == []  # Medi-Cal has no public goal
    assert {row.slug for row in asked("analyst", "goals", contract=7, by="")} == {"col-e", "gsd-poor"}


def test_places_are_named_and_clinicians_are_not(asked):
    rows = asked("director", "places", by="practice", rate="col-e")
    assert [(row.place, row.practice_name, row.group_name, row.denominator) for row in rows] == [
        ("P1", "Alder Medicine", "North Doctors", 2), ("P2", "Birch Care", "North Doctors", 1)]
    rows = asked("director", "places", by="clinician", rate="col-e")
    assert [row.practice_name for row in rows] == ["Alder Medicine", "Alder Medicine", "Birch Care"]
    assert not any("Adams" in str(value) for row in rows for value in row)


def test_practices_of_a_viewer(asked):
    rows = {row.practice_name: row for row in asked("director", "practices")}
    assert {name: (row.people, row.people_due, row.rejected_claims, row.likely_people) for name, row in rows.items()} == {
        "Alder Medicine": (5, 3, 1, 0), "Birch Care": (1, 0, 0, 1)}, "who waits for a claim only has nothing due"
    for row in rows.values():
        assert row.open_gaps >= row.people_due


def test_people_due_are_those_of_my_panel(asked):
    counts = asked("support", "panel_counts")[0]
    (row,) = asked("support", "practices")
    assert (row.people, row.people_due) == (counts.everyone, counts.due)


def test_claims_to_fix_and_their_lines(asked):
    (rejected, _) = asked("director", "claims_to_fix")
    assert (rejected.reason, rejected.claims, rejected.gaps, rejected.measures) == ("rejected", 1, 1, "Colorectal cancer screening")
    lines = asked("director", "claims_of_people", reason="rejected", service=rejected.service, page=1, page_size=50)
    assert [(line.person, line.claim_id, line.gaps) for line in lines] == [(20, "c-20", 1)]
    assert asked("support", "claims_of_people", reason="pending", service="", page=1, page_size=50) == []


def test_subgroups_are_the_rows_of_their_lists(asked):
    for row in asked("analyst", "subgroups", rate="col-e"):
        people = asked("analyst", "measured_people", line="", rate="col-e", show="all", reason="", aspect=row.aspect, value=row.value or "", page=1, page_size=100)
        assert len(people) == row.people


@pytest.mark.parametrize("name", ["feed_board", "rejects", "warnings", "unmapped", "person_faults", "measure_versions"])
def test_data_health_shows_no_people(asked, name):
    for username in (*WATCHERS, "administrator"):
        for row in asked(username, name):
            assert not {"person", "person_id", "first_name", "last_name"} & set(row._fields)

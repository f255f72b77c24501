"""What the top bar selects: scope, plan and year stand in the address and narrow what is shown; what one may not select is not there."""

import json

import dash
import pytest
from test_access_matrix import EVERY, refusals, token
from test_page_queries import viewer
from visits import PEOPLE, USERS, open_page

from dashboard.access import rules
from dashboard.access.reach import Reach
from dashboard.access.selection import BadSelection, Selection, selection_of
from dashboard.queries import reach_of
from dashboard.web.guard import name_of

# scope -> the people it stands for, and the users who see all of it
PLACES = {
    "group:G1": ({1, 2, 3, 4, 20, 30}, {"director", "analyst"}),
    "group:G2": ({40}, {"analyst"}),
    "practice:P1": ({1, 2, 3, 4, 20}, {"support", "director", "analyst"}),
    "practice:P2": ({30}, {"director", "analyst"}),
    "practice:P3": ({40}, {"analyst"}),
}


def test_an_address_keeps_what_is_selected():
    chosen = selection_of("?scope=practice:P1&plan=7&year=2025&page=3")
    assert chosen == Selection("practice", "P1", 7, 2025)
    assert chosen.address("/panel", show="due", page=None) == "/panel?scope=practice%3AP1&plan=7&year=2025&show=due"
    assert Selection().address("/panel") == "/panel"


@pytest.mark.parametrize("query", ["scope=x", "scope=practice:", "scope=person:1", "scope=clinician:1", "plan=x", "plan=-1", "plan=1e3", "year=²", "year=99999999999",
                                   "scope=group:G1&scope=group:G2", "plan=7&plan=8", "scope=group:" + "G" * 100])
def test_a_malformed_selection_is_none(query):
    with pytest.raises(BadSelection):
        selection_of(query)


@EVERY
@pytest.mark.parametrize("scope", PLACES)
def test_a_scope_shows_its_people_to_those_who_see_all_of_it(server, home, clients, username, scope):
    if not rules.may_open(USERS[username][0], "panel"):
        return
    people, seers = PLACES[scope]
    before = refusals(home)
    answer = open_page(clients[username], "/panel", f"?show=all&scope={scope}")
    assert clients[username].get(f"/panel?scope={scope}").status_code == answer.status_code == (200 if username in seers else 404)
    assert refusals(home) == before + (0 if username in seers else 2)
    for person in PEOPLE:
        assert (token(server, home, username, person) in answer.text) == (username in seers and person in people), person


@EVERY
@pytest.mark.parametrize("query", ["scope=group:nowhere", "scope=panel:1", "plan=1", "year=1999", "scope=x", "plan=%00", "year=2026&year=2025"])
def test_what_does_not_exist_is_not_there_for_anybody(server, home, clients, username, query):
    page = next(page for page in dash.page_registry.values() if not page["path_template"] and rules.may_open(USERS[username][0], name_of(page)))
    before = refusals(home)
    assert clients[username].get(f"{page['path']}?{query}").status_code == 404
    assert open_page(clients[username], page["path"], f"?{query}").status_code == 404
    assert refusals(home) == before + 2


def test_a_plan_narrows_the_list(server, home, clients):
    answer = open_page(clients["physician"], "/panel", "?show=all&plan=8").text
    assert [token(server, home, "physician", person) in answer for person in (1, 2, 3, 4)] == [True, False, False, False]


def test_a_patient_opens_whatever_is_selected(server, home, clients):
    path = f"/patient/{token(server, home, 'director', 30)}"
    assert open_page(clients["director"], path, "?scope=practice:P1").status_code == 200


def test_the_year_of_now_and_the_tabs_keep_the_selection(clients):
    answer = json.dumps(open_page(clients["director"], "/panel", "?scope=practice:P1&year=2026").json)
    assert "/panel?scope=practice%3AP1&year=2026" in answer


def test_choices_lie_within_what_is_chosen_above(server, home):
    with server.test_request_context():
        reach = reach_of(viewer(home, "analyst"))
        support = reach_of(viewer(home, "support"))
    assert [place.name for place in reach.choices("group")] == ["North Doctors", "South Doctors"]
    assert [place.name for place in reach.choices("practice", reach.choices("group")[0])] == ["Alder Medicine", "Birch Care"]
    assert [place.name for place in support.choices("panel")] == ["Adams, Alice", "Brown, Bob"]
    assert support.choices("group") == [], "a practice of a group is not the group"
    assert Reach([]).choices("panel") == []

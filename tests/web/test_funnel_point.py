"""What a click on the funnel sends is the sender's invention: it leads to a practice of one's own or nowhere."""

import pytest
from visits import callback

STATE = [{"id": "_pages_location", "property": "search", "value": "?rate=col-e"}]
JUNK = [None, 0, "", "P1", [], {}, {"points": None}, {"points": []}, {"points": [1]}, {"points": [{}]}, {"points": {"0": 1}}, {"points": [{"customdata": ["P1"]}]},
        {"points": [{"customdata": {"a": 1}}]}, {"points": [{"customdata": "' OR 1=1 --"}]}, {"points": [{"customdata": "x" * 10_000}]}]


def clicked(client, value):
    return callback(client, "measure-go.href", [{"id": "measure-funnel", "property": "clickData", "value": value}], STATE)


def point(practice):
    return {"points": [{"customdata": practice}]}


@pytest.mark.parametrize(("username", "practice", "opens"), [("support", "P1", True), ("support", "P2", False), ("support", "P3", False), ("director", "P2", True),
                                                             ("director", "P3", False), ("analyst", "P3", True)])
def test_a_point_opens_one_s_own_practice_only(clients, username, practice, opens):
    answer = clicked(clients[username], point(practice))
    assert answer.status_code in (200, 204)
    assert (f"practice%3A{practice}" in answer.text) == opens == ("practice?" in answer.text)


@pytest.mark.parametrize("value", JUNK, ids=lambda value: repr(value)[:40])
def test_an_invented_point_opens_nothing(clients, value):
    answer = clicked(clients["director"], value)
    assert answer.status_code in (200, 204) and "practice?" not in answer.text


@pytest.mark.parametrize("username", ["physician", "assistant", "auditor", "administrator", "departed"])
def test_other_roles_have_no_funnel(clients, username):
    assert clicked(clients[username], point("P1")).status_code in (403, 404)

"""The board pack: four pages, one id, the same numbers under the same address for as long as the version is kept."""

import os
import re
from datetime import date, datetime

import house
import pytest
from test_access_matrix import refusals
from visits import USERS, add_users, callback, open_page

from dashboard.access import audit, rules
from dashboard.build import publish
from dashboard.state import open_store

DAY = date(2026, 11, 22)


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    """Two versions of one day: the first with sixty more people on Dr Adams's list."""
    home = tmp_path_factory.mktemp("pack")
    for crowd in (60, 0):
        house.publish_house(home, crowd=crowd)
        moment = datetime.combine(DAY, datetime.min.time().replace(hour=12)).timestamp()
        os.utime(home / "published" / publish.served(home), (moment, moment))
    add_users(home)
    return home


def pack(client, query=""):
    return open_page(client, "/board-pack", query)


def test_the_address_on_course_names_the_served_version(clients):
    page = open_page(clients["director"], "/course").text
    assert f"board-pack?as_of={DAY}&version=000002" in page


def test_each_version_of_a_day_keeps_its_numbers(clients):
    first, second = (pack(clients["director"], f"?as_of={DAY}&version=00000{number}").text for number in (1, 2))
    assert "Board pack 1-2026-G1-all" in first and "Board pack 2-2026-G1-all" in second
    assert first.replace("Board pack 1-", "").replace("000001", "") != second.replace("Board pack 2-", "").replace("000002", "")
    again = pack(clients["director"], f"?as_of={DAY}&version=000001").text
    assert re.findall(r'"children":"(\d[\d,]*)"', first) == re.findall(r'"children":"(\d[\d,]*)"', again)
    assert "course?as_of=2026-11-22&version=000001" in first, "links stay in the version"


def test_it_has_four_pages(clients):
    assert all(f"Page {number} of 4" in pack(clients["director"], f"?as_of={DAY}&version=000001").text for number in (1, 2, 3, 4))


def test_a_version_that_is_not_kept_is_said(clients):
    page = pack(clients["director"], f"?as_of={DAY}&version=000077").text
    assert "no longer kept" in page and "Version 77 of that day" in page


@pytest.mark.parametrize("query", ["?version=000001", f"?as_of={DAY}&version=1", f"?as_of={DAY}&version=x", f"?as_of={DAY}&version=000001&version=000002",
                                   f"?as_of={DAY}&version=../../x"])
def test_a_version_that_is_none_is_refused_and_logged(home, clients, query):
    before = refusals(home)
    assert pack(clients["director"], query).status_code == 404 and refusals(home) == before + 1


@pytest.mark.parametrize("username", USERS)
def test_who_may_open_it(clients, username):
    page = pack(clients[username], f"?as_of={DAY}&version=000001").text
    assert ("Board pack 1-2026" in page) == (USERS[username][0] in rules.LEADERS)


def test_opening_and_printing_stand_in_the_log_under_the_id(home, clients):
    query = f"?as_of={DAY}&version=000001"
    pack(clients["director"], query)
    assert audit.newest(open_store(home), 1)[0].detail == {"sheet": "1-2026-G1-all"}
    state = [{"id": "board-pack-sheet", "property": "data", "value": "1-2026-G1-all"}, {"id": "_pages_location", "property": "search", "value": query}]
    answer = callback(clients["director"], "board-pack-told.children", [{"id": "board-pack-print", "property": "n_clicks", "value": 1}], state)
    assert answer.status_code in (200, 204)
    row = audit.newest(open_store(home), 1)[0]
    assert (row.action, row.page, row.detail) == ("printed", "board_pack", {"sheet": "1-2026-G1-all"})


def test_names_nobody(clients):
    text = pack(clients["director"], f"?as_of={DAY}&version=000001").text
    assert "Lopez" not in text and "Crowd0" not in text


def test_trends_say_what_is_to_be_known_of_their_months(clients):
    then = f"as_of={DAY}&version=000001"
    for path, query in (("/board-pack", f"?{then}"), ("/practice", f"?scope=practice%3AP1&{then}"), ("/measure", f"?rate=col-e&{then}")):
        assert "computed afterwards, from what had been received" in open_page(clients["director"], path, query).text, path

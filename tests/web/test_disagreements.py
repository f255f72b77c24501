"""The disagreement board: remarks against lists by plan and reason, of the viewer's people alone, and the list behind each count."""

from datetime import timedelta

import pytest
import saying
from saying import viewer_at as viewer
from visits import USERS, open_page

from dashboard.answers import keep, plan_words
from dashboard.answers.disagreements import remarks
from dashboard.state import open_store
from dashboard.state.models import utc_now
from dashboard.web.disagreements import said_of

BOARD_ROLES = ("support", "director", "analyst")


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    return saying.own_home(tmp_path_factory)


def answer(home, person, kind, days, measure="COL-E"):
    store, gap = open_store(home), keep.Gap(measure, person, 2026, 0)
    newest = keep.of_person(store, person).get(gap)
    keep.give(store, viewer(home, "physician"), gap, keep.Said(kind, follows=newest.id if newest else 0), utc_now() - timedelta(days=days))


@pytest.fixture(scope="module", autouse=True)
def said(home):
    """Lopez's gap is disputed, Duncan's (another group's) too; of Brownlee's nothing stands any more; of Coleman's the plan's list is disputed."""
    answer(home, 1, "not_mine", 12)
    answer(home, 40, "data_wrong", 30)
    answer(home, 20, "refused", 9)
    answer(home, 20, "undone", 8)
    answer(home, 30, "ordered", 3)
    plan_words.put(open_store(home), viewer(home, "director"), plan_words.Topic("col-e", 2026, 7), 30, "ours_counts", "disputed")


def test_only_what_stands_is_told(home):
    assert [(one.person, one.reason, one.days) for one in remarks(open_store(home))] == [(40, "data_wrong", 30), (1, "not_mine", 12), (30, "plan_list", 0)]
    then = [(one.person, one.reason) for one in remarks(open_store(home), utc_now() - timedelta(days=8, hours=12))]
    assert then == [(40, "data_wrong"), (1, "not_mine"), (20, "refused")], "what was undone later stood then"


@pytest.mark.parametrize("username", BOARD_ROLES)
def test_one_s_own_people_by_plan(server, home, username):
    with server.test_request_context():
        found = {(one.remark.person, one.plan) for one in said_of(viewer(home, username))}
    every = {(1, "7"), (1, "8"), (40, "7"), (30, "7")}
    assert found == {pair for pair in every if pair[0] in USERS[username][3]}


def test_a_count_on_the_board_opens_so_many_rows(clients):
    board = open_page(clients["director"], "/data-health").text
    assert "2 remarks disagree with a list, the oldest for 12 days" in board and "Plan A MA" in board
    rows = open_page(clients["director"], "/disagreements", "?of=7&reason=not_mine").text
    assert "Lopez, Maria" in rows and "Coleman" not in rows and "Duncan" not in rows
    both = open_page(clients["director"], "/disagreements", "?of=7").text
    assert "Lopez, Maria" in both and "Coleman" in both and "Reconcile" in both


def test_who_sees_no_people_sees_no_board(clients):
    assert "disagree" not in open_page(clients["administrator"], "/data-health").text
    for username in ("physician", "auditor", "administrator"):
        assert "Lopez" not in open_page(clients[username], "/disagreements", "?of=7").text


@pytest.mark.parametrize("query", ["?of=x&reason=y", "?of=8;--&reason=not_mine", "?reason=undone"])
def test_a_tampered_address_shows_one_s_own_list(clients, query):
    page = open_page(clients["director"], "/disagreements", query).text
    assert "Lopez, Maria" in page and "Duncan" not in page

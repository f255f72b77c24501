"""Reconciliation: who differs from a plan's own list, who may say what of it, and what becomes of it."""

from types import SimpleNamespace

import pytest
import saying
from saying import viewer_at as viewer
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from test_access_matrix import refusals
from test_account import post, told
from visits import USERS, open_page

from dashboard.access import audit, rules
from dashboard.access.tokens import token_of
from dashboard.answers import keep, plan_words
from dashboard.answers.kinds import PLAN_COUNTS
from dashboard.answers.plan_words import Topic
from dashboard.components.plan_rates import apart, difference, why_uncounted
from dashboard.components.plan_rates import plan_words as words
from dashboard.queries import ask
from dashboard.state import open_store

PLAN = 7  # Plan A MA
KINDS = {"col-e": {1: "plan_closed", 2: "plan_counts", 4: "plan_counts", 30: "ours_counts", 40: "plan_closed"}, "bcs-e": {1: "ours_closed"}}


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    return saying.own_home(tmp_path_factory)


def differing(server, home, username, rate, **more):
    asked = {"show": "", "page": 1, "page_size": 50, "settled": [], "people": None, "contract": PLAN} | more
    with server.test_request_context():
        return ask("plan_differences", viewer(home, username), rate=rate, **asked)


def say(server, home, clients, username, person, kind, rate="col-e"):
    with server.app_context():
        token = token_of(server.extensions["huddleboard"].key, viewer(home, username).user_id, person)
    return post(clients[username], f"/reconcile/say?plan={PLAN}", token=token, rate=rate, kind=kind, show="")


@pytest.mark.parametrize("username", [name for name, user in USERS.items() if rules.may_ask(user[0], "plan_differences")])
@pytest.mark.parametrize("rate", KINDS)
def test_only_differences_of_one_s_own_people(server, home, username, rate):
    found = {row.person: row.kind for row in differing(server, home, username, rate)}
    assert found == {person: kind for person, kind in KINDS[rate].items() if person in USERS[username][3]}


def test_counts_by_kind_are_the_rows(server, home):
    row = differing(server, home, "director", "col-e")[0]
    assert (row.plan_closed, row.plan_counts, row.ours_counts, row.ours_closed) == (1, 2, 1, 0)
    assert len(differing(server, home, "director", "col-e", show="plan_counts")) == 2
    left = differing(server, home, "director", "col-e", settled=["2 plan_counts", "4 ours_closed"])
    assert {one.person for one in left} == {1, 4, 30}, "a word on another way to differ settles nothing"


def test_the_fact_that_closes_it_here_is_named(server, home):
    row, = differing(server, home, "director", "bcs-e")
    assert (str(row.on_date), row.table_name, row.file_name, row.plan_status) == ("2025-08-09", "encounter", "Encounter.ndjson", "open")


def test_whom_we_do_not_count_it_says_why_as_on_the_patient_s_page(server, home, clients):
    found = {row.person: row for row in differing(server, home, "director", "col-e")}
    assert why_uncounted(found[4]) == ["Aged 46 to 75 on 31 Dec 2026"], "the line that does not hold"
    assert why_uncounted(found[2]) == ["Colorectal cancer, ever: 4 Apr 2019, from ehr_a, Encounter.ndjson row 50"], "the exclusion and its evidence"
    assert found[1].uncounted == [] and found[30].uncounted == []
    never = found[4]._replace(uncounted=[])
    assert why_uncounted(never) == [f"No enrolment with this plan is on file; {'now with Plan A MA' if never.plans else 'nor with another today'}."]
    page = open_page(clients["director"], "/reconcile", f"?rate=col-e&plan={PLAN}").text
    assert "since this does not hold" in page and "Colorectal cancer, ever: 4 Apr 2019" in page
    file = clients["director"].get(f"/export/differences.csv?rate=col-e&plan={PLAN}").text
    assert "Aged 46 to 75 on 31 Dec 2026" in file


def test_rates_of_the_plan_stand_beside_ours(server, home):
    with server.test_request_context():
        rows = {row.slug: row for row in ask("plan_rates", viewer(home, "director"))}
        everybody = {row.slug: row for row in ask("plan_rates", viewer(home, "analyst"))}
    assert (rows["col-e"].plan_denominator, rows["col-e"].plan_closed, rows["col-e"].denominator, rows["col-e"].closed) == (4, 1, 3, 0)
    assert (everybody["col-e"].plan_denominator, everybody["col-e"].plan_closed) == (5, 2)
    assert str(rows["col-e"].gap_date) == "2026-11-15" and rows["col-e"].plan == "Plan A MA"


def of(plan_closed, plan_denominator, closed, denominator, better="higher"):
    return SimpleNamespace(plan_closed=plan_closed, plan_denominator=plan_denominator, closed=closed, denominator=denominator, better=better)


def test_two_points_apart_and_no_less_make_a_marker():
    assert apart(of(53, 100, 50, 100)) and not apart(of(52, 100, 50, 100)) and apart(of(47, 100, 50, 100))
    assert difference(of(9, 10, 50, 100)) is None and not apart(of(9, 10, 50, 100))
    assert round(difference(of(80, 100, 90, 100, "lower")), 2) == 0.10, "where lower is better both count those who are not closed"
    assert words(of(80, 100, 90, 100, "lower")).startswith("20") and "too few" in words(of(9, 10, 1, 2))


@pytest.mark.parametrize("username", USERS)
@pytest.mark.parametrize("person", [2, 40])
def test_who_may_say_a_word_on_whom(server, home, clients, username, person):
    allowed = rules.may_write(USERS[username][0], "plan_word") and person in USERS[username][3]
    before = refusals(home)
    kind = "disputed"
    status = say(server, home, clients, username, person, kind).status_code
    assert (status == 302) == allowed, status
    assert allowed or (status == 404 and refusals(home) == before + 1)


@pytest.mark.parametrize("changed", [{"kind": "proof"}, {"kind": "done"}, {"rate": "no-such"}, {"rate": "gsd-poor"}, {"token": "x"}])
def test_tampered_words_are_404(server, home, clients, changed):
    with server.app_context():
        sent = {"token": token_of(server.extensions["huddleboard"].key, viewer(home, "director").user_id, 1), "rate": "col-e", "kind": "accepted"}
    assert post(clients["director"], f"/reconcile/say?plan={PLAN}", **sent | changed).status_code == 404
    assert post(clients["director"], "/reconcile/say", **sent).status_code == 404, "no plan is selected"


def test_no_word_without_a_session_or_a_token(server, clients):
    assert server.test_client().post("/reconcile/say").status_code == 401
    assert clients["director"].post("/reconcile/say").status_code == 400
    assert clients["director"].get("/reconcile/say").status_code == 405


def test_a_word_takes_the_person_off_the_list_until_it_is_taken_back(server, home, clients):
    page = f"?rate=col-e&plan={PLAN}"
    assert say(server, home, clients, "director", 30, "disputed").status_code == 302
    assert "Coleman" not in open_page(clients["director"], "/reconcile", page).text
    settled = open_page(clients["director"], "/reconcile", page + "&show=settled").text
    assert "Coleman" in settled and "Disputed: director" in settled
    assert say(server, home, clients, "director", 30, "withdrawn").status_code == 302
    assert "Coleman" in open_page(clients["director"], "/reconcile", page).text
    assert [(row.action, row.detail["word"]) for row in audit.newest(open_store(home), 50) if row.person == 30 and row.page == "reconcile"] == [
        ("plan word noted", "withdrawn"), ("plan word noted", "disputed")]


@pytest.mark.parametrize("username", USERS)
@pytest.mark.parametrize("person", [1, 40])
def test_who_may_accept_that_a_plan_counts_a_gap_closed(server, home, clients, username, person):
    allowed = rules.may_write(USERS[username][0], PLAN_COUNTS) and person in USERS[username][3]
    gap, before = keep.Gap("COL-E", person, 2026, 0), refusals(home)
    sent = say(server, home, clients, username, person, "accepted")
    newest = keep.of_person(open_store(home), person).get(gap)
    assert (sent.status_code == 302) == allowed
    if not allowed:
        assert not keep.holds(newest) and refusals(home) == before + 1
        return
    assert "off the lists" in told(sent, clients[username])
    assert (newest.kind, newest.role, newest.proposed) == (PLAN_COUNTS, USERS[username][0], False) and keep.holds(newest)
    assert "on the lists again" in told(say(server, home, clients, username, person, "withdrawn"), clients[username])
    assert not keep.holds(keep.of_person(open_store(home), person)[gap])


@pytest.mark.parametrize("username", USERS)
def test_no_form_of_a_gap_says_that_the_plan_counts_it(server, home, clients, username):
    with server.app_context():
        token = token_of(server.extensions["huddleboard"].key, viewer(home, username).user_id, 1)
    sent = {"token": token, "measure_id": "COL-E", "period": "2026", "unit": "0", "follows": "0", "kind": PLAN_COUNTS}
    assert post(clients[username], "/answer", **sent).status_code == 404


def test_another_s_answer_is_not_taken_back_by_a_word(server, home, clients):
    gap, store = keep.Gap("COL-E", 1, 2026, 0), open_store(home)
    newest = keep.of_person(store, 1).get(gap)
    keep.give(store, viewer(home, "physician"), gap, keep.Said("refused", follows=newest.id if newest else 0))
    assert told(say(server, home, clients, "director", 1, "disputed"), clients["director"]) == "Disputed."
    assert keep.of_person(store, 1)[gap].kind == "refused"


def test_proof_goes_into_a_file_for_the_plan(server, home, clients):
    assert say(server, home, clients, "support", 1, "proof", rate="bcs-e").status_code == 302
    page = open_page(clients["support"], "/reconcile", f"?rate=bcs-e&plan={PLAN}&show=settled").text
    assert "Proof for the plan (CSV, 1 patient)" in page
    file = clients["support"].get(f"/export/differences.csv?rate=bcs-e&plan={PLAN}&show=proof")
    line = file.text.splitlines()[1]
    assert line.startswith('"Lopez, Maria"') and "2025-08-09" in line and "Encounter.ndjson" in line
    assert clients["physician"].get(f"/export/differences.csv?rate=bcs-e&plan={PLAN}").status_code == 404


def test_words_are_append_only(home):
    store = open_store(home)
    plan_words.put(store, viewer(home, "director"), Topic("x", 2026, PLAN), 20, "ours_counts", "accepted")
    for change in ("UPDATE plan_word SET kind = 'disputed'", "DELETE FROM plan_word"):
        with pytest.raises(DBAPIError, match="append-only"), store.engine.begin() as connection:
            connection.execute(text(change))


def test_the_board_names_every_list(clients):
    page = open_page(clients["director"], "/reconcile").text
    assert "Plan A MA" in page and "Breast cancer screening" in page and "rates differ from the plan" in page
    assert "No file brings the rate that the plan itself reports" in page

"""Sessions with practices: who may note them, that they are of one practice, logged, append-only and of their day, and where they show."""

from datetime import date, timedelta

import pytest
from browsing import assert_fits, assert_no_serious_faults
from playwright.sync_api import expect
from sqlalchemy.exc import DBAPIError
from test_access_matrix import refusals
from test_account import post, told
from visits import USERS, open_page

from dashboard.access import accounts, audit, rules
from dashboard.state import open_store
from dashboard.state.models import utc_now
from dashboard.web import education as routes
from dashboard.worklog import education

TODAY = date.today()
SOON, LONG_AGO = str(TODAY + timedelta(days=3)), str(TODAY - timedelta(days=94))
FORMS = {"/practice/session": {"on_date": LONG_AGO, "focus1": "col-e", "attendees": "office manager"},
         "/practice/promise": {"what": "Hand out FIT kits", "who": "front desk", "due_date": LONG_AGO}, "/practice/emr": {"emr": "eClinicalWorks"}}
REACHED = {"support": {"P1"}, "director": {"P1", "P2"}}


def noted(home, practice="P1"):
    return education.of_practices(open_store(home), {practice})


def practice_page(client, show="sessions"):
    return open_page(client, "/practice", f"?scope=practice%3AP1&show={show}").text


@pytest.mark.parametrize("username", USERS)
@pytest.mark.parametrize("path", routes.PATHS)
@pytest.mark.parametrize("practice", ["P1", "P2", "P3", "", "x"])
def test_who_may_note_what_of_which_practice(home, clients, username, path, practice):
    allowed = rules.may_write(USERS[username][0], "session") and practice in REACHED[USERS[username][0]]
    before = refusals(home)
    status = post(clients[username], path, practice=practice, **FORMS[path]).status_code
    assert (status == 302) == allowed, status
    assert allowed or (status == 404 and refusals(home) == before + 1)


@pytest.mark.parametrize("path", routes.PATHS)
def test_no_form_without_a_session_or_a_token(server, clients, path):
    assert server.test_client().post(path).status_code == 401
    assert clients["support"].post(path).status_code == 400
    assert clients["support"].get(path).status_code == 405


@pytest.mark.parametrize(("path", "changed"), [
    ("/practice/session", {"focus1": "no-such"}), ("/practice/session", {"of": "999999"}), ("/practice/session", {"of": "x"}),
    ("/practice/promise", {"of": "999999", "change": "kept"})])
def test_tampered_forms_are_404(clients, path, changed):
    assert post(clients["support"], path, practice="P1", **FORMS[path] | changed).status_code == 404


def test_a_session_of_another_practice_is_not_changed_through_one_s_own(home, clients):
    post(clients["director"], "/practice/session", practice="P2", **FORMS["/practice/session"])
    theirs = noted(home, "P2").sessions["P2"][0]
    assert post(clients["support"], "/practice/session", practice="P1", of=theirs.id, change="cancelled").status_code == 404
    assert theirs in noted(home, "P2").sessions["P2"]


def test_a_planned_session_is_logged_and_leads_the_practice_s_measures(home, clients):
    client = clients["support"]
    assert told(post(client, "/practice/session", practice="P1", on_date=SOON, focus1="gsd-poor", focus2="gsd-poor"), client) == "The session is planned."
    planned = noted(home).sessions["P1"][0]
    assert (planned.standing, planned.measures) == ("planned", ("gsd-poor",))
    assert "This week's sessions" in open_page(client, "/practices").text and "Planned" in practice_page(client)
    post(client, "/practice/session", practice="P1", of=planned.id, on_date=str(TODAY), focus1="gsd-poor", attendees="two assistants")
    held = noted(home).last("P1")
    assert (held.id, held.standing, held.on_date, held.attendees) == (planned.id, "held", TODAY, "two assistants")
    page = practice_page(client)
    assert "with two assistants" in page and "too early to tell" in page
    assert "Chosen in the session of" in practice_page(client, "snapshot")
    row = audit.newest(open_store(home), 1, chosen=audit.Filter("session noted"))[0]
    assert (row.username, row.detail) == ("support", {"what": "held"}), "the log holds no free text"


def test_without_a_day_or_words_nothing_is_saved(home, clients):
    client, before = clients["support"], noted(home)
    assert "Nothing was saved" in told(post(client, "/practice/session", practice="P1", on_date="x"), client)
    assert "Nothing was saved" in told(post(client, "/practice/promise", practice="P1", what=" ", due_date=SOON), client)
    assert noted(home) == before


def test_a_cancelled_session_is_gone(home, clients):
    client = clients["support"]
    post(client, "/practice/session", practice="P1", on_date=SOON)
    planned = next(one for one in noted(home).sessions["P1"] if one.standing == "planned")
    post(client, "/practice/session", practice="P1", of=planned.id, change="cancelled")
    assert planned.id not in {one.id for one in noted(home).sessions["P1"]}


def test_a_promise_is_overdue_until_somebody_says_what_became_of_it(home, clients):
    client = clients["support"]
    post(client, "/practice/promise", practice="P1", what="Call twelve patients", who="J. Ruiz", due_date=LONG_AGO)
    owed = next(one for one in noted(home).promises["P1"] if one.what == "Call twelve patients")
    page = open_page(client, "/practices").text
    assert "Follow-ups overdue" in page and "Call twelve patients" in page and "overdue since" in practice_page(client)
    assert told(post(client, "/practice/promise", practice="P1", of=owed.id, change="kept"), client) == "Saved: kept."
    assert "Call twelve patients" not in open_page(client, "/practices").text


def test_the_table_says_emr_session_and_who_signed_in(home, clients):
    post(clients["support"], "/practice/emr", practice="P1", emr="eClinicalWorks")
    post(clients["support"], "/practice/session", practice="P1", **FORMS["/practice/session"])
    page = open_page(clients["director"], "/practices").text
    for words in ("eClinicalWorks", "Last session", "Last sign-in", "Promises"):
        assert words in page, words
    assert "physician" in page or "assistant" in page, "who signed in last"


def test_the_last_sign_in_is_of_the_practice_s_own_people(home):
    used = accounts.last_users(open_store(home), {"1000000001": "P1", "1000000004": "P3"})
    assert used["P1"][0] in ("physician", "assistant"), "support and directors do not count"
    assert accounts.last_users(open_store(home), {}) == {}


def test_of_a_past_moment_only_what_was_known_then(home):
    past = utc_now() - timedelta(days=1)
    assert noted(home).sessions and education.of_practices(open_store(home), {"P1"}, past) == education.Practices({}, {}, {})


@pytest.mark.parametrize("table", ["education_session", "commitment", "practice_record"])
def test_what_was_noted_is_never_changed(home, table):
    for statement in (f"UPDATE {table} SET user_id = 1", f"DELETE FROM {table}"):
        with pytest.raises(DBAPIError, match="append-only"), open_store(home).engine.begin() as connection:
            connection.exec_driver_sql(statement)


@pytest.mark.long
@pytest.mark.parametrize("width", [1440, 390])
def test_log_this_week_s_session_in_two_clicks(visit, width):
    page = visit("support", width=width)
    page.goto(page.url.split("/practices")[0] + "/practice?scope=practice:P1&show=sessions")
    page.locator("summary", has_text="Plan or log a session").click()
    page.fill("#form-session-on_date", SOON)
    page.select_option("#form-session-focus1", "col-e")
    assert_no_serious_faults(page)
    assert_fits(page)
    page.locator("#form-session-attendees").press("Enter")
    expect(page.locator(".told")).to_have_text("The session is planned.")
    page.locator("nav[aria-label=Pages] >> text=Practices").click()
    page.locator("h2:has-text(\"This week's sessions\") ~ ul a").first.click()
    page.locator(".session-changes summary").first.click()
    expect(page.get_by_role("button", name="It was held").first).to_be_visible()
    page.get_by_role("button", name="It was held").first.click()
    expect(page.locator(".told")).to_have_text("The session is logged.")

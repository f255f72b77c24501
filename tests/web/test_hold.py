"""A session as it is held: one measure a screen, no other practice, no patient until the switch, which the log keeps, commitments in place."""

from datetime import date, timedelta

import pytest
from browsing import assert_fits, assert_no_serious_faults
from playwright.sync_api import expect
from test_access_matrix import refusals
from test_account import post, told
from test_packet import prepared
from visits import USERS, open_page

from dashboard.access import audit, rules
from dashboard.state import open_store
from dashboard.worklog import education

DUE = str(date.today() + timedelta(days=30))
PEOPLE = ("Brownlee", "Lopez", "Chen", "Smith", "Silva")


def screen(client, number, at=0, more=""):
    return open_page(client, "/session", f"?scope=practice%3AP1&session={number}&at={at}{more}").text.partition("hold-head")[2]


def test_one_measure_a_screen_and_nobody_s_name(home, clients):
    number = prepared(clients["support"])
    first, second, last = (screen(clients["support"], number, at) for at in range(3))
    assert "open: Colorectal" in first and "Blood sugar" not in first and "open: Blood sugar" in second and "commitments noted" in last
    for page in (first, second, last):
        assert "Write down a commitment" in page
        assert not [name for name in (*PEOPLE, "Coleman", "Birch Care", "Cedar Clinic") if name in page]
    assert audit.newest(open_store(home), 1)[0].page != "session", "nobody was shown, so nothing is logged"


def test_names_are_a_switch_that_the_log_keeps(home, clients):
    number = prepared(clients["support"])
    assert "Names are " in screen(clients["support"], number)
    assert "Brownlee, Bea" in screen(clients["support"], number, more="&names=1")
    row = audit.newest(open_store(home), 1)[0]
    assert (row.action, row.page, row.detail["names"], row.detail["rate"]) == ("viewed list", "session", "on", "col-e") and row.detail["people"] > 0
    assert "Coleman" not in screen(clients["support"], number, more="&names=1")
    assert "names=1" not in screen(clients["support"], number, more="&names=1").partition("hold-steps")[2], "the next screen begins without"


@pytest.mark.parametrize("username", USERS)
def test_who_may_hold_a_session(home, clients, username):
    number, before = prepared(clients["support"]), refusals(home)
    allowed = USERS[username][0] in rules.VISITORS
    assert open_page(clients[username], "/session", f"?scope=practice%3AP1&session={number}&names=1").status_code == (200 if allowed else 404)
    assert refusals(home) == before + (not allowed)


def test_a_session_of_another_practice_is_404(home, clients):
    before = refusals(home)
    for sent in ("999999", "x", "%00"):
        assert open_page(clients["support"], "/session", f"?scope=practice%3AP1&session={sent}").status_code == 404
    assert refusals(home) == before + 3


def test_a_commitment_comes_back_to_its_screen(home, clients):
    number, client = prepared(clients["support"]), clients["support"]
    answer = post(client, "/practice/promise", practice="P1", held=number, at="1", what="Call the labs", who="front desk", due_date=DUE)
    assert answer.location == f"/session?scope=practice%3AP1&session={number}&at=1" and told(answer, client) == "The commitment is saved."
    assert "Call the labs" in screen(client, number, 2)
    assert post(client, "/practice/promise", practice="P1", held=number, at="-9", what="x", due_date="x").location.endswith("at=0")
    before = refusals(home)
    assert post(client, "/practice/promise", practice="P1", held="999999", what="Call", due_date=DUE).status_code == 404
    assert refusals(home) == before + 1 and "Call" not in {one.what for one in education.of_practices(open_store(home), {"P1"}).promises["P1"]}


@pytest.mark.long
@pytest.mark.parametrize("width", [1024, 390])
def test_hold_it_on_a_tablet(visit, width):
    page = visit("support", width=width)
    page.click("a:has-text('Build packet')")
    page.click("button:has-text('Build packet')")
    page.wait_for_selector(".packet .sheet")
    page.goto(page.url.replace("/packet", "/session"))
    page.wait_for_selector(".hold h1")
    expect(page.locator(".top-bar").first).to_be_hidden()
    assert_no_serious_faults(page)
    assert_fits(page)
    page.click("text=Turn on")
    expect(page.locator(".hold-people")).to_be_visible()
    assert_no_serious_faults(page)
    page.click("text=Next measure")
    expect(page.locator(".hold-people")).to_have_count(0)
    page.fill("#form-promise-what", "Hand out FIT kits")
    page.fill("#form-promise-due_date", DUE)
    page.click(".hold-promise button")
    expect(page.locator(".told")).to_have_text("The commitment is saved.")
    while page.locator(".hold-steps .btn-primary").count():
        at = page.locator(".hold-head .quiet").text_content()
        page.locator(".hold-steps .btn-primary").click()
        expect(page.locator(".hold-head .quiet")).not_to_have_text(at)
    expect(page.locator("main")).to_contain_text("Hand out FIT kits")
    page.click("button:has-text('It was held')")
    expect(page.locator(".told")).to_have_text("The session is logged.")

"""Today: the visits of the day in their order, what to do at each, what is printed of it."""

import re
from datetime import date
from types import SimpleNamespace

import pytest
from browsing import assert_fits, assert_no_serious_faults, wait_until, wait_until_printed
from playwright.sync_api import expect
from test_page_queries import viewer
from visits import open_page

from dashboard import patient_facts
from dashboard.access import audit
from dashboard.components.huddle import what_to_do
from dashboard.queries import ask
from dashboard.state import open_store


def coming(server, home, username, day=None):
    with server.test_request_context():
        return ask("today_visits", viewer(home, username), day=day), ask("today_actions", viewer(home, username), day=day)


def test_visits_are_those_booked_in_the_order_of_the_day(server, home):
    visits, _ = coming(server, home, "physician")
    assert [(f"{row.start_at:%H:%M}", row.person) for row in visits] == [("08:20", 1), ("08:40", 2), ("09:00", 3)]
    assert visits[0].next_visit_at.date() == date(2026, 12, 1), "the next visit is the one after this day"


def test_another_day(server, home):
    visits, actions = coming(server, home, "physician", date(2026, 11, 24))
    assert ([row.person for row in visits], actions) == ([4], [])


def test_nobody_is_new_of_whom_the_patient_s_page_has_something_to_tell(server, home, monkeypatch):
    """Person 3 has one visit on file, person 2 nothing; the question itself asks only whether somebody has no visit and no coverage."""
    with server.test_request_context():
        known = viewer(home, "support")
        visits = [row._replace(new_here=row.person in (2, 3)) for row in ask("today_visits", known, day=None)]
        monkeypatch.setattr(patient_facts, "ask", lambda name, *given, **more: visits if name == "today_visits" else ask(name, *given, **more))
        assert {row.person: row.new_here for row in patient_facts.visits_of_day(known, None)} == {1: False, 2: True, 3: False, 20: False}


def test_actions_stand_by_harm_then_last_day(server, home):
    _, actions = coming(server, home, "physician")
    assert [(row.person, row.measure_id) for row in actions] == [(1, "TRC"), (1, "GSD"), (1, "COL-E"), (3, "COL-E")]
    assert [(row.values, str(row.on_date)) for row in actions if row.measure_id == "GSD"] == [([9.4], "2026-02-12")]


@pytest.mark.parametrize(("username", "people"), [("physician", {1, 2, 3}), ("support", {1, 2, 3, 20}), ("other", {40}), ("departed", set()), ("unscoped", set())])
def test_visits_are_of_one_s_own_people(server, home, username, people):
    visits, actions = coming(server, home, username)
    assert {row.person for row in visits} == people
    assert {row.person for row in actions} <= people


@pytest.mark.parametrize("query", ["?day=x", "?day=2026-11-99", "?day=1900-01-01", "?who=x", "?day=2026-11-24&who=assistant", "?day=%00"])
def test_tampered_days_are_no_error(clients, query):
    assert open_page(clients["physician"], "/today", query).status_code == 200


def test_the_number_is_the_rows(visit):
    page = visit("physician")
    expect(page.locator("#page h1")).to_have_text("4 gaps can be closed at today's 3 visits")
    assert page.locator(".visit-actions ol > li:not(.more)").count() == 4
    first = page.locator(".visits > li").first
    expect(first).to_contain_text("08:20")
    expect(first).to_contain_text("67 F · Spanish, interpreter")
    expect(first.locator("ol > li").nth(1)).to_contain_text("last 9.4, 12 Feb 2026")
    expect(page.locator(".not-coming h2")).to_contain_text("8 shown of 120")
    page.click("text=See my panel")
    expect(page.locator(".pager")).to_contain_text("of 120")


def test_the_reason_is_one_click_away(visit):
    page = visit("physician")
    page.locator(".visits >> text=Blood sugar").click()
    expect(page.locator(".gap[open]", has_text="Blood sugar").locator(".gap-body")).to_contain_text("Diabetes from 1 Jan 2025")


def test_an_assistant_sees_what_a_standing_order_delegates(visit):
    page = visit("assistant")
    expect(page.locator("#page h1")).to_have_text("3 things can be prepared at today's 3 visits")
    expect(page.locator(".visits")).not_to_contain_text("reconciled")
    page.locator("summary", has_text="standing order").click()
    expect(page.locator(".twin li", has_text="Point-of-care A1c")).to_contain_text("Not confirmed by this practice yet")
    page.click("text=All actions")
    expect(page.locator("#page h1")).to_contain_text("4 gaps can be closed")


@pytest.mark.parametrize(("title", "action", "line"), [
    ("Statin for diabetes", "Prescribe a statin, or write down why not.", "Statin for diabetes: prescribe a statin"),
    ("Colorectal cancer screening", "Order a FIT kit or refer for colonoscopy; ask for the report of one done elsewhere.",
     "Colorectal cancer screening: order a FIT kit or refer for colonoscopy"),
    ("Weight screening", "Record the BMI; outside the normal range agree on a plan.", "Weight screening: record the BMI"),
    ("Follow-up", "PHQ-9 today. Then act.", "Follow-up: PHQ-9 today"),
    ("Medicines", "Call within two days, see the patient within 30, reconcile the medication list and report that.",
     "Medicines: call within two days, see the patient within 30"),
    ("Weight", "Record height, weight and BMI percentile; talk about food.", "Weight: record height, weight and BMI percentile"),
    ("Without an action", None, "Without an action"),
])
def test_the_sheet_says_what_to_do_not_what_would_be_reached(title, action, line):
    assert what_to_do(SimpleNamespace(title=title, action=action)) == line


def test_the_printed_sheet(visit, busy_home):
    page = visit("physician")
    page.evaluate("window.print = () => { window.printed = true; }")
    page.click("text=Print huddle sheet")
    wait_until_printed(page)
    page.emulate_media(media="print")
    sheet = page.locator(".huddle")
    expect(sheet).to_be_visible()
    for hidden in (".top-bar", ".visits", "#page h1", ".not-coming"):
        expect(page.locator(hidden).first).to_be_hidden()
    expect(sheet.locator("tbody tr").first.locator("td").nth(2)).to_contain_text("Point-of-care A1c")
    expect(sheet.locator("tbody tr").first.locator("td").nth(3)).to_contain_text("Medicines reconciled after discharge")
    assert sheet.evaluate("parseFloat(getComputedStyle(document.querySelector('.huddle td')).fontSize)") >= 13.3, "10 pt"
    number = re.search(r"Sheet ([0-9A-F]{4}-[0-9A-F]{2})", sheet.inner_text()).group(1)

    def logged():
        return {(row.action, row.detail.get("sheet")) for row in audit.newest(open_store(busy_home), 20)}
    wait_until(page, lambda: logged() >= {("printed", number), ("viewed list", number)}, "what was printed is not in the log")


def test_ten_visits_fit_on_a_page(visit):
    page = visit("physician")
    page.evaluate("const b = document.querySelector('.huddle tbody'); for (let i = 0; i < 7; i++) { b.append(b.rows[0].cloneNode(true)); }")
    assert len(re.findall(rb"/Type\s*/Page\b", page.pdf(prefer_css_page_size=True))) == 1


def test_a_day_without_visits_offers_the_next(visit):
    page = visit("other", at="/today?day=2026-11-22")
    expect(page.locator("#page h1")).to_contain_text("gap can be closed at today's 1 visit")


@pytest.mark.parametrize("width", [1440, 390])
@pytest.mark.parametrize("username", ["physician", "assistant"])
def test_today_is_sound(visit, username, width):
    page = visit(username, width=width)
    assert_no_serious_faults(page)
    assert_fits(page)

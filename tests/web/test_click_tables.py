"""The click tables of the users: each task by keyboard alone, in at most so many presses of Enter, counted from the role's first screen."""

import re
from datetime import date, timedelta

import browsing
import house
import pytest
from playwright.sync_api import expect
from test_past import THEN, dated
from visits import add_users

from dashboard.access import accounts
from dashboard.access.viewer import viewer_of
from dashboard.components.words import day
from dashboard.state import open_store
from dashboard.worklog import education

pytestmark = pytest.mark.long
PLANNED_IN, HELD_AGO = 3, 40  # days from today, of the sessions with Alder Medicine
FOCUS = "([words, tag]) => document.activeElement.matches(tag) && document.activeElement.textContent.trim().startsWith(words)"


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    """A house of its own: tasks here change what is in it."""
    home = tmp_path_factory.mktemp("clicks")
    house.publish_house(home, crowd=61)
    dated(home, THEN)
    house.publish_house(home, crowd=60)
    add_users(home)
    support = next(user for user in accounts.all_users(open_store(home)) if user.username == "support")
    for days, standing in ((PLANNED_IN, education.PLANNED), (-HELD_AGO, education.HELD)):
        said = education.Session(0, "P1", standing, date.today() + timedelta(days=days), ("col-e",), "the office", "")
        education.put_session(open_store(home), viewer_of(support), "P1", said)
    yield from browsing.serve(home)


@pytest.fixture
def keys(visit):
    """keys("physician"): a page on the role's first screen, on which only keys are pressed."""
    def begin(username):
        page = visit(username)
        page.evaluate("window.print = () => { window.printed = true; }")
        return Keys(page)
    return begin


class Keys:
    """A user without a mouse."""

    def __init__(self, page):
        self.page, self.presses = page, 0

    def to(self, words, tag="a"):
        """Tab until what begins with these words has the focus, visibly, and press Enter."""
        for _ in range(200):
            self.page.keyboard.press("Tab")
            if self.page.evaluate(FOCUS, [words, tag]):
                assert self.page.evaluate("getComputedStyle(document.activeElement).outlineWidth") == "3px"
                self.page.keyboard.press("Enter")
                self.presses += 1
                return self
        raise AssertionError(f"no {tag} {words!r} by keyboard")

    def sees(self, selector, text, presses):
        """The task is done: the text stands there, after at most so many presses."""
        expect(self.page.locator(selector).first).to_contain_text(text)
        assert self.presses <= presses


def test_physician_why_does_it_say_a1c(keys):
    keys("physician").to("Blood sugar").sees(".gap[open] .gap-body", "Diabetes", presses=1)


def test_physician_says_done_with_proof(keys):
    user = keys("physician").to("Blood sugar")
    user.page.wait_for_selector(".gap[open] .answer")
    user.to("Done", "summary").sees(".gap[open] .answer details[open]", "When", presses=2)
    expect(user.page.locator(".gap[open] .answer details[open] input[type=file]")).to_be_visible()


def test_physician_prints_the_huddle_sheet(keys):
    user = keys("physician").to("Print huddle sheet", "button")
    browsing.wait_until_printed(user.page)
    assert user.presses == 1


def test_physician_sees_who_looked_at_the_panel(keys):
    user = keys("physician").to("physician", "summary")
    user.to("Who looked at my panel").sees("h1", "looked at my panel", presses=2)


def test_support_builds_the_packet_for_the_next_practice(keys):
    user = keys("support").to("Build packet")
    user.page.wait_for_selector("#form-packet-on_date")
    user.to("Build packet", "button").sees(".sheet", "Alder Medicine", presses=2)


def test_support_why_they_miss_a_measure(keys):
    user = keys("support").to("Alder Medicine")
    user.sees(".focus .reasons", "Nothing on file", presses=2)


def test_support_logs_this_week_s_session(keys):
    user = keys("support").to(f"{day(date.today() + timedelta(days=PLANNED_IN))}, Alder Medicine")
    user.page.wait_for_selector(".sessions")
    user.to("Log", "summary").sees(".session-changes details[open]", "Who was there", presses=2)


def test_support_did_the_last_session_help(keys):
    user = keys("support").to(day(date.today() - timedelta(days=HELD_AGO)))
    user.sees(".sessions > li >> nth=1", "Colorectal cancer screening", presses=2)
    expect(user.page.locator(".sessions > li").nth(1)).to_contain_text(re.compile("too early|no month|too few|points since"))


def test_support_opens_the_list_behind_gaps_to_goal(keys):
    user = keys("director")
    user.to("Practices")
    user.page.wait_for_selector("table.list")
    number = user.page.locator("td[data-label='Gaps to goal'] a").first.text_content()
    user.page.locator("td[data-label='Gaps to goal'] a").first.focus()
    user.page.keyboard.press("Enter")
    user.page.wait_for_url("**show=goals**")
    expect(user.page.locator("h1 strong")).to_have_text(number)
    rows = user.page.locator("td[data-label='To goal']").all_text_contents()
    assert sum(int(text) for text in rows) == int(number)


def test_director_which_practice_drags_a_measure(keys):
    user = keys("director").to("Colorectal cancer screening")
    user.page.wait_for_selector(".chart")
    user.to("Show as table", "summary").sees(".twin[open] table", "Alder Medicine", presses=2)


def test_director_is_the_change_real(keys):
    user = keys("director")
    cell = user.page.locator("td[data-label='Since last month'] a").first
    user.to(cell.text_content()).sees(".chart h2 >> nth=1", "points since", presses=1)


def test_director_names_behind_a_number(keys):
    user = keys("director")
    number = user.page.locator("td[data-label='To goal'] a").first.text_content()
    user.to(number).sees("h1", number.split("\N{NO-BREAK SPACE}")[0], presses=1)


def test_auditor_who_opened_a_person(keys):
    keys("physician").to("Lopez, Maria")
    user = keys("auditor").to("No.")
    user.sees("h1", "person No.", presses=1)


def test_physician_says_not_my_patient(keys):
    """The last one: the gap is gone afterwards."""
    user = keys("physician").to("Blood sugar")
    user.page.wait_for_selector(".gap[open] .answer")
    user.to("Not my patient", "button").sees(".told", "not my patient", presses=2)


def test_director_why_a_plan_says_another_rate(keys):
    user = keys("director").to("Plan A MA says")
    user.sees("h1", "Plan A MA and we differ", presses=2)
    expect(user.page.locator("td[data-label='Plan says']").first).to_contain_text("Closed, service of")


def test_director_tries_what_comes_of_more(keys):
    user = keys("director").to("What if so many more")
    user.page.wait_for_selector(".what-if")
    user.to("4 stars of each").sees("h1", "more closed in", presses=2)


def test_director_prints_the_board_pack(keys):
    user = keys("director").to("Board pack")
    user.sees(".pack-head", "Board pack", presses=1)
    user.to("Print", "button")
    browsing.wait_until_printed(user.page)
    assert user.presses == 2


def test_director_what_did_we_say_on_a_past_day(keys):
    user = keys("director").to("as of", "summary")
    user.page.keyboard.press("Tab")
    assert user.page.evaluate("document.activeElement.id") == "frame-as_of"
    user.page.keyboard.type(day(THEN))  # a list of choices goes to the one that begins so
    user.presses += 1
    user.sees(".past", f"As it was on {day(THEN)}.", presses=2)
    assert f"as_of={THEN}" in user.page.url

"""What users do, in a real browser: click paths, by mouse and by keyboard, and what happens when things change underneath."""

import house
import pytest
from browsing import open_lopez
from playwright.sync_api import expect
from visits import PASSWORD

from dashboard.access import accounts
from dashboard.state import open_store

pytestmark = pytest.mark.long

# Click paths.

def test_the_reason_of_a_gap_is_two_clicks_from_the_panel(visit):
    page = visit("physician", at="/panel")
    expect(page.locator("h1")).to_contain_text("122 patients with something due")
    expect(page.locator("table.list tbody tr").first).to_contain_text("Lopez, Maria")
    open_lopez(page)
    expect(page.locator(".do-next h2")).to_have_text("3 gaps to close")
    gap = page.locator(".do-next .gap", has_text="Blood sugar")
    expect(gap.locator("> summary")).to_contain_text("9.4 on 12 Feb 2026")
    gap.locator("> summary").click()
    expect(gap).to_contain_text("Diabetes from 1 Jan 2025 to 31 Dec 2026")
    expect(gap).to_contain_text("ehr_a, Observation.ndjson row 5")
    expect(gap).to_contain_text("Counts for Plan A MA, Plan B Dual, by enrolment (HEDIS-style)")


def test_the_same_path_by_keyboard_only(visit):
    page = visit(None)
    page.keyboard.type("physician")
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_selector(".visits")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the page"
    page.keyboard.press("Enter")
    for _ in range(30):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent").startswith("Blood sugar"):
            break
    assert page.evaluate("getComputedStyle(document.activeElement).outlineWidth") == "3px"
    page.keyboard.press("Enter")
    page.wait_for_selector(".patient-header")
    expect(page.locator(".gap[open]", has_text="Blood sugar").locator(".gap-body")).to_be_visible()


def test_counted_by_visits_is_said(visit):
    page = visit("physician", at="/panel")
    find(page, "smith")
    page.click(".found >> text=Smith, John")
    page.wait_for_selector(".patient-header")
    expect(page.locator(".gap-body").first).to_contain_text("Counted by visits (CMS130), since no plan enrolment is known")
    expect(page.locator(".patient-header")).to_contain_text("No plan enrolment known")


def test_excluded_and_closed_are_folded_with_their_counts(visit):
    page = visit("physician", at="/panel")
    find(page, "chen")
    page.click(".found >> text=Chen, Wei")
    page.wait_for_selector(".patient-header")
    expect(page.locator(".do-next")).to_contain_text("Nothing due for this patient.")
    page.locator(".folded > summary", has_text="Does not apply").click()
    page.locator(".folded .gap summary").last.click()
    expect(page.locator(".folded[open]")).to_contain_text("Colorectal cancer, ever")
    expect(page.locator(".folded[open]")).to_contain_text("4 Apr 2019")


def test_url_is_state_and_back_works(visit):
    page = visit("physician", at="/panel")
    page.click(".pager >> text=Next")
    expect(page.locator(".pager")).to_contain_text("51 to 100 of 122")
    page.click("thead >> text=Gaps")
    page.wait_for_url("**sort=gaps**")
    page.go_back()
    expect(page.locator(".pager")).to_contain_text("51 to 100 of 122")
    page.reload()
    expect(page.locator(".pager")).to_contain_text("51 to 100 of 122")


def test_chips_and_rows_agree(visit):
    page = visit("physician", at="/panel")
    for chip in page.locator(".chip", has=page.locator(".chip-count")).all_text_contents():
        words, number = chip.removeprefix("shown: ").rstrip("0123456789"), int(chip[len(chip.rstrip("0123456789")):])
        page.locator(".chip", has_text=words).click()
        expect(page.locator(".chip.chosen")).to_contain_text(words)
        if number > 50:
            expect(page.locator(".pager")).to_contain_text(f"of {number}")
        else:
            expect(page.locator("table.list tbody tr")).to_have_count(number)


def find(page, text):
    page.fill("#frame-search", text)
    page.wait_for_selector(".found li, .found p")


def test_search_finds_by_slash_and_leaves_no_trace_in_the_address(visit):
    page = visit("physician", at="/panel")
    page.keyboard.press("/")
    page.keyboard.type("lopez")
    expect(page.locator(".found li")).to_have_count(1)
    assert "lopez" not in page.url.lower()
    find(page, "nobody at all")
    expect(page.locator(".found")).to_contain_text("Nobody in this list matches")
    page.keyboard.press("Escape")
    expect(page.locator(".found")).to_be_hidden()
    find(page, "crowd")
    expect(page.locator(".found li")).to_have_count(8)
    expect(page.locator(".found")).to_contain_text("112 more")
    find(page, "1959-03-07")
    expect(page.locator(".found li")).to_have_count(1)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_selector(".patient-header")
    expect(page.locator(".found")).to_be_empty()


# Things that change underneath.

def test_newer_numbers_wait_behind_a_pill_and_move_nothing(visit, busy_home):
    page = visit("physician", at="/panel")
    place = page.locator("#page h1").bounding_box()
    house.publish_house(busy_home, crowd=120)
    bar = page.locator("#notices.new")
    expect(bar).to_contain_text("1 update since")
    house.publish_house(busy_home, crowd=120)
    expect(bar).to_contain_text("2 updates since")
    assert page.locator("#page h1").bounding_box() == place
    bar.locator("button").click()
    page.wait_for_selector("#page h1")
    expect(page.locator("#notices.new")).to_have_count(0)


def test_a_lost_server_is_said_and_found_again(visit):
    page = visit("physician", expected=("Failed to load resource",))
    page.route("**/version", lambda route: route.abort())
    expect(page.locator("#notices.lost")).to_contain_text("Not connected since")
    page.unroute("**/version")
    expect(page.locator("#notices.lost")).to_have_count(0)


def test_a_slow_page_says_what_it_counts_and_can_be_left(visit):
    page = visit("physician", expected=("Failed to fetch", "abort"))
    held = []  # the first page alone: the one before it must come again

    def hold(route):
        held.append(route) if "_pages_content" in (route.request.post_data or "") and not held else route.continue_()
    page.route("**/_dash-update-component*", hold)
    page.locator("nav[aria-label=Pages] >> text=My panel").click()
    bar = page.locator("#notices.counting")
    expect(bar).to_contain_text("still counting")
    expect(bar).to_contain_text("claims")
    expect(page.locator("#page h1")).to_be_hidden()
    bar.get_by_role("button", name="Cancel").click()
    expect(page.locator("#page h1")).to_contain_text("today's 3 visits")
    expect(bar).to_have_count(0)


def test_an_ended_session_leads_to_the_sign_in_form(visit, busy_home):
    accounts.add_user(open_store(busy_home), "leaver", "physician", PASSWORD)
    accounts.add_scope(open_store(busy_home), "leaver", "clinician", "1000000001")
    page = visit("leaver", expected=("401",))
    accounts.set_password(open_store(busy_home), "leaver", PASSWORD + "!")
    page.wait_for_url("**/login?next=**")
    assert page.locator("table.list").count() == 0


def test_sign_out(visit):
    page = visit("other")
    page.click(".user-menu summary")
    page.click("text=Sign out")
    page.wait_for_url("**/login")
    page.go_back()
    page.wait_for_url("**/login**")


def test_someone_else_s_patient_is_a_plain_page(visit, address):
    page = visit("physician", expected=("404",))
    answer = page.goto(f"{address}/patient/AAAAAAAAAAAAAAAAAAAAAAAAAAA")
    assert answer.status == 404
    expect(page.locator("h1")).to_have_text("Nothing here for you")

"""Answering a gap in a real browser: by mouse, by keyboard, by two people, on a telephone."""

import browsing
import house
import pytest
from browsing import WIDTHS, assert_fits, assert_no_serious_faults
from playwright.sync_api import expect
from visits import add_users

pytestmark = pytest.mark.long
PDF = {"name": "report.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.4 a report"}


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    """A house of its own: answers stay."""
    home = tmp_path_factory.mktemp("answered")
    house.publish_house(home)
    add_users(home)
    yield from browsing.serve(home)


def press_until(page, text: str) -> None:
    """Tab on until the focus is on what begins with a text, and press Enter."""
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent").startswith(text):
            page.keyboard.press("Enter")
            return
    raise AssertionError(f"no way to {text} by keyboard")


def test_a_gap_is_answered_in_two_steps_by_keyboard(visit):
    page = visit("physician", at="/today")
    press_until(page, "Blood sugar")
    page.wait_for_selector(".gap[open] .answer")
    press_until(page, "Ordered")
    expect(page.locator(".told")).to_contain_text("Saved: Blood sugar out of control (A1c above 9), ordered.")
    expect(page.locator(".folded", has_text="Answered").locator(".answer-said")).to_contain_text("said today")
    page.goto(page.url.split("/patient/")[0] + "/today")
    page.wait_for_selector(".visits")
    expect(page.locator(".visits li").first).not_to_contain_text("Blood sugar")
    page.go_back()
    press_until(page, "Undo")
    expect(page.locator(".told")).to_contain_text("is open again")


def top_of(page, selector):
    return page.locator(selector).bounding_box()["y"]


def test_after_an_answer_the_page_stays_where_the_gap_was_and_the_focus_goes_on_from_there(visit):
    page = visit("physician", height=500, at="/panel?show=all")
    page.click("a:has-text('Lopez, Maria')")
    page.wait_for_selector(".patient-header")
    gap = page.locator(".do-next .gap").last
    title = gap.locator(".gap-title").text_content()
    gap.locator("> summary").click()
    gap.get_by_role("button", name="Patient refused").scroll_into_view_if_needed()
    before = gap.bounding_box()["y"]
    gap.get_by_role("button", name="Patient refused").click()
    expect(page.locator(".told.here")).to_contain_text(f"Saved: {title}, patient refused.")
    expect(page.locator(".told.here")).to_be_focused()
    assert abs(top_of(page, ".told.here") - before) < 2
    press_until(page, "Undo")
    expect(page.locator(".told.here")).to_contain_text("is open again")
    expect(page.locator(".told.here")).to_be_focused()
    expect(page.locator(".told.here + .gap .gap-title")).to_have_text(title)


def test_what_else_a_form_did_is_in_sight_where_it_stood(visit):
    page = visit("physician", height=500, at="/panel?show=all")
    page.click("a:has-text('Lopez, Maria')")
    page.wait_for_selector(".patient-header")
    page.get_by_text("Log an attempt").click()
    page.locator(".contacts-of").get_by_role("button", name="Save").click()
    expect(page.locator(".told")).to_be_in_viewport()
    expect(page.locator(".contacts-of")).to_be_in_viewport()
    expect(page.locator(".contacts-of summary")).to_be_focused()


def test_a_documentation_prompt_is_answered_by_keyboard_and_leaves_the_lists(visit):
    page = visit("physician", at="/today")
    asks = page.locator("section", has_text="Needs your answer").locator("li", has_text="Lopez, Maria")
    expect(asks).to_contain_text("Chronic kidney disease")
    press_until(page, "Lopez, Maria")
    page.wait_for_selector(".prompts .answer")
    expect(page.locator(".risk")).to_contain_text("Record only what you assess. An answer changes no score: claims do.")
    score = page.locator(".risk p", has_text="raw score").first.text_content()
    prompts = page.locator(".risk > .prompts .answer")
    number = prompts.count()
    press_until(page, "Assessed, will document")
    expect(page.locator(".told")).to_contain_text("assessed, will be documented. The score changes once a claim of this year names it.")
    expect(prompts).to_have_count(number - 1)
    assert page.locator(".risk p", has_text="raw score").first.text_content() == score
    press_until(page, "Answered prompts")
    expect(page.locator(".risk .folded[open] .answer-said")).to_contain_text("said today")
    press_until(page, "Undo")
    expect(page.locator(".told")).to_contain_text("is open again")
    expect(prompts).to_have_count(number)


def test_done_with_proof(visit):
    page = visit("support", at="/panel?show=all")
    page.click("a:has-text('Brownlee, Bea')")
    page.wait_for_selector(".patient-header")
    page.click("text=Done - add proof")
    form = page.locator(".answer-more[open]")
    form.get_by_label("When").fill("2026-10-01")
    form.get_by_label("Where").fill("Alder Medicine")
    form.get_by_label("By whom").fill("Dr Cole")
    form.get_by_label("Proof").set_input_files(PDF)
    form.get_by_role("button", name="Save").click()
    expect(page.locator(".told")).to_contain_text("It counts from the next build of the numbers on.")
    expect(page.locator(".answer-said")).to_contain_text("Done 1 Oct 2026, Alder Medicine, Dr Cole.")
    expect(page.locator("text=See the proof")).to_be_visible()


def test_the_second_of_two_is_told_and_chooses(visit):
    first, second = visit("physician", at="/panel?show=all"), visit("assistant", at="/panel?show=all")
    for page in (first, second):
        page.click("a:has-text('Smith, John')")
        page.wait_for_selector(".gap[open] .answer")
    first.get_by_role("button", name="Patient refused").click()
    first.wait_for_selector(".told")
    second.get_by_role("button", name="Ordered").click()
    expect(second.locator(".told")).to_contain_text("physician answered this at")
    second.click("text=Change the answer")
    second.get_by_role("button", name="Ordered").click()
    expect(second.locator(".told")).to_contain_text("Saved: Colorectal cancer screening, ordered.")


def test_an_answer_that_did_not_arrive_is_said_and_nothing_typed_is_lost(visit):
    page = visit("physician", at="/panel?show=all", expected=("Failed to load resource",))
    page.click("a:has-text('Lopez, Maria')")
    page.wait_for_selector(".patient-header")
    page.locator(".gap", has_text="Colorectal").locator("> summary").click()
    page.route("**/answer", lambda route: route.abort())
    gap = page.locator(".gap[open]", has_text="Colorectal")
    gap.get_by_role("button", name="Ordered").click()
    expect(page.locator("#notices.lost")).to_contain_text("numbers are frozen; your last answer WAS NOT saved")
    page.unroute("**/answer")
    gap.get_by_role("button", name="Ordered").click()
    expect(page.locator(".told")).to_contain_text("Saved: Colorectal cancer screening")
    page.route("**/version", lambda route: route.abort())
    expect(page.locator("#notices.lost")).to_contain_text("your last answer WAS saved")


@WIDTHS
@pytest.mark.parametrize("username", ["physician", "assistant", "support", "director"])
def test_the_answered_page_is_sound(visit, username, width):
    page = visit(username, width=width, at="/panel?show=all")
    page.click("a:has-text('Lopez, Maria')")
    page.wait_for_selector(".patient-header")
    page.evaluate("document.querySelectorAll('.do-next .gap, .risk details').forEach(gap => gap.open = true)")
    expect(page.locator(".answer .btn").first).to_be_visible() if username != "director" else expect(page.locator(".answer .btn")).to_have_count(0)
    assert_no_serious_faults(page)
    assert_fits(page)

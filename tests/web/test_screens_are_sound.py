"""Every first screen and the patient page of every role: axe, narrow screens, print."""

import pytest
from browsing import WIDTHS, assert_fits, assert_no_serious_faults, open_lopez
from playwright.sync_api import expect

pytestmark = pytest.mark.long

# What each role sees is sound for those who read with ears, keyboard or a phone.

@WIDTHS
def test_sign_in_page(visit, width):
    page = visit(None, width)
    assert_no_serious_faults(page)
    assert_fits(page)


@WIDTHS
@pytest.mark.parametrize("username", ["physician", "assistant", "support", "director", "analyst", "departed", "auditor", "administrator"])
def test_first_screen_of_each_role(visit, username, width):
    page = visit(username, width)
    assert_no_serious_faults(page)
    assert_fits(page)


@WIDTHS
def test_patient_with_everything_open(visit, width):
    page = visit("physician", width, at="/panel")
    open_lopez(page)
    page.evaluate("document.querySelectorAll('main details').forEach(details => details.open = true)")
    assert_no_serious_faults(page)
    assert_fits(page)


def test_400_percent_zoom_scrolls_down_only(visit):
    page = visit("physician", width=320, height=256, at="/panel")
    assert_fits(page)
    open_lopez(page)
    assert_fits(page)


def test_targets_on_a_phone_are_big_enough_for_a_finger(visit):
    page = visit("physician", width=390, at="/panel")
    for screen in ("panel", "patient"):
        small = page.evaluate("""[...document.querySelectorAll('a, button, summary, input')].filter(e => e.checkVisibility() && e.type !== 'hidden')
            .map(e => [e.textContent || e.id, (e.closest('label') ?? e).getBoundingClientRect()]).filter(([, box]) => box.width && box.right > 0 && box.height < 43.5)
            .map(([name, box]) => name + ' ' + box.height)""")
        assert small == [], screen
        if screen == "panel":
            open_lopez(page)


def test_print_shows_the_gaps_and_nothing_to_click(visit):
    page = visit("physician", at="/panel")
    open_lopez(page)
    page.emulate_media(media="print")
    expect(page.locator(".do-next")).to_be_visible()
    for hidden in (".user-menu", ".top-bar nav", ".history", ".gap-why"):
        expect(page.locator(hidden).first).to_be_hidden()

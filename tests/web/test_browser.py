"""The screens in a real browser: click paths, keyboard, axe, narrow screens, what happens when things change underneath."""

import shutil
import threading
from pathlib import Path

import house
import pytest
from axe_playwright_python.sync_playwright import Axe
from conftest import PASSWORD, add_users
from playwright.sync_api import Error, expect, sync_playwright
from werkzeug.serving import make_server

from dashboard.access import accounts
from dashboard.state import open_store
from dashboard.web.app import make_app

FLAGS = ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync"]
SYSTEM = next((path for path in ("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome") if Path(path).exists()), None)
LEAVING = {"leaver", "other"}  # users whose session a test ends
WIDTHS = pytest.mark.parametrize("width", [1440, 390])


@pytest.fixture(scope="module")
def browser():
    with sync_playwright() as playwright:
        try:
            browser = playwright.chromium.launch(executable_path=SYSTEM or shutil.which("chromium"), args=FLAGS)
        except Error as error:
            pytest.skip(f"no browser here: {str(error).splitlines()[0]} (`make test` installs one)")
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def busy_home(tmp_path_factory):
    """The house with 120 more people for Dr Adams, so that her list has pages."""
    home = tmp_path_factory.mktemp("busy")
    house.publish_house(home, crowd=120)
    add_users(home)
    return home


@pytest.fixture(scope="module")
def address(busy_home):
    server = make_server("127.0.0.1", 0, make_app(busy_home), threaded=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()


@pytest.fixture(scope="module")
def signed_in():
    """Cookies by user name: signing in takes a second on purpose, so once is enough."""
    return {}


@pytest.fixture
def visit(browser, address, signed_in):
    """visit("physician", width=390) gives a signed-in page; faults in the console fail the test."""
    contexts, faults = [], []

    def open_browser(username, width=1440, height=900, expected=()):
        context = browser.new_context(viewport={"width": width, "height": height}, storage_state=signed_in.get(username))
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(15_000)
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("console", lambda message: faults.append(message.text) if message.type == "error"
                and not any(word in message.text for word in expected) else None)
        page.goto(address)
        if username and username not in signed_in:
            sign_in(page, username)
            if username not in LEAVING:
                signed_in[username] = context.storage_state()
        page.wait_for_selector("h1 strong, .empty, #username")
        return page

    yield open_browser
    for context in contexts:
        context.close()
    assert faults == []


def sign_in(page, username):
    page.fill("#username", username)
    page.fill("#password", PASSWORD)
    page.click("button[type=submit]")
    page.wait_for_selector("h1 strong, .empty")


def open_lopez(page):
    page.click("text=Lopez, Maria")
    page.wait_for_selector(".patient-header")


def assert_no_serious_faults(page):
    found = [fault for fault in Axe().run(page).response["violations"] if fault["impact"] in ("serious", "critical")]
    assert not found, [(fault["id"], fault["nodes"][0]["html"][:200]) for fault in found]


def assert_fits(page):
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


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
    page = visit("physician", width)
    open_lopez(page)
    page.evaluate("document.querySelectorAll('main details').forEach(details => details.open = true)")
    assert_no_serious_faults(page)
    assert_fits(page)


def test_400_percent_zoom_scrolls_down_only(visit):
    page = visit("physician", width=320, height=256)
    assert_fits(page)
    open_lopez(page)
    assert_fits(page)


def test_targets_on_a_phone_are_big_enough_for_a_finger(visit):
    page = visit("physician", width=390)
    for screen in ("panel", "patient"):
        small = page.evaluate("""[...document.querySelectorAll('a, button, summary, input')].filter(e => e.checkVisibility() && e.type !== 'hidden')
            .map(e => [e.textContent || e.id, e.getBoundingClientRect()]).filter(([, box]) => box.width && box.right > 0 && box.height < 43.5)
            .map(([name, box]) => name + ' ' + box.height)""")
        assert small == [], screen
        if screen == "panel":
            open_lopez(page)


# Click paths.

def test_the_reason_of_a_gap_is_two_clicks_from_the_first_screen(visit):
    page = visit("physician")
    expect(page.locator("h1")).to_contain_text("122 patients with something due")
    expect(page.locator("table.list tbody tr").first).to_contain_text("Lopez, Maria")
    open_lopez(page)
    expect(page.locator(".do-next h2")).to_have_text("3 gaps to close")
    gap = page.locator(".do-next .gap", has_text="Blood sugar")
    expect(gap.locator("summary")).to_contain_text("9.4 on 12 Feb 2026")
    gap.locator("summary").click()
    expect(gap).to_contain_text("Diabetes from 1 Jan 2025 to 31 Dec 2026")
    expect(gap).to_contain_text("ehr_a, Observation.ndjson row 5")
    expect(gap).to_contain_text("Counts for Plan A MA, Plan B Dual, by enrolment (HEDIS-style)")


def test_the_same_path_by_keyboard_only(visit):
    page = visit(None)
    page.keyboard.type("physician")
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_selector("table.list")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the page"
    page.keyboard.press("Enter")
    for _ in range(30):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent") == "Lopez, Maria":
            break
    assert page.evaluate("getComputedStyle(document.activeElement).outlineWidth") == "3px"
    page.keyboard.press("Enter")
    page.wait_for_selector(".patient-header")
    for _ in range(30):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.matches('.gap summary')"):
            break
    page.keyboard.press("Enter")
    expect(page.locator(".gap[open] .gap-body").first).to_be_visible()


def test_counted_by_visits_is_said(visit):
    page = visit("physician")
    page.fill("#panel-search", "smith")
    page.click("text=Smith, John")
    page.wait_for_selector(".patient-header")
    expect(page.locator(".gap-body").first).to_contain_text("Counted by visits (CMS130), since no plan enrolment is known")
    expect(page.locator(".patient-header")).to_contain_text("No plan enrolment known")


def test_excluded_and_closed_are_folded_with_their_counts(visit):
    page = visit("physician")
    page.click("text=All patients")
    expect(page.locator(".chip.chosen")).to_contain_text("All patients")
    page.fill("#panel-search", "chen")
    page.click("text=Chen, Wei")
    page.wait_for_selector(".patient-header")
    expect(page.locator(".do-next")).to_contain_text("Nothing due for this patient.")
    page.locator(".folded > summary", has_text="Does not apply").click()
    page.locator(".folded .gap summary").last.click()
    expect(page.locator(".folded[open]")).to_contain_text("Colorectal cancer, ever")
    expect(page.locator(".folded[open]")).to_contain_text("4 Apr 2019")


def test_url_is_state_and_back_works(visit):
    page = visit("physician")
    page.click(".pager >> text=Next")
    expect(page.locator(".pager")).to_contain_text("51 to 100 of 122")
    page.click("thead >> text=Gaps")
    page.wait_for_url("**sort=gaps**")
    page.go_back()
    expect(page.locator(".pager")).to_contain_text("51 to 100 of 122")
    page.reload()
    expect(page.locator(".pager")).to_contain_text("51 to 100 of 122")


def test_chips_and_rows_agree(visit):
    page = visit("physician")
    for chip in page.locator(".chip").all_text_contents():
        words, number = chip.removeprefix("shown: ").rstrip("0123456789"), int(chip[len(chip.rstrip("0123456789")):])
        page.locator(".chip", has_text=words).click()
        expect(page.locator(".chip.chosen")).to_contain_text(words)
        if number > 50:
            expect(page.locator(".pager")).to_contain_text(f"of {number}")
        else:
            expect(page.locator("table.list tbody tr")).to_have_count(number)


def test_search_finds_by_slash_and_leaves_no_trace_in_the_address(visit):
    page = visit("physician")
    page.keyboard.press("/")
    page.keyboard.type("lopez")
    expect(page.locator("table.list tbody tr")).to_have_count(1)
    assert "lopez" not in page.url.lower()
    page.fill("#panel-search", "nobody at all")
    expect(page.locator(".empty")).to_contain_text("Nobody in this list matches")
    page.fill("#panel-search", "")
    expect(page.locator("table.list tbody tr")).to_have_count(50)


# Things that change underneath.

def test_newer_numbers_wait_behind_a_bar(visit, busy_home):
    page = visit("physician")
    house.publish_house(busy_home, crowd=120)
    bar = page.locator("#notices.new")
    expect(bar).to_contain_text("Newer numbers since", timeout=5_000)
    bar.locator("button").click()
    page.wait_for_selector("h1 strong")
    expect(page.locator("#notices.new")).to_have_count(0)


def test_a_lost_server_is_said_and_found_again(visit):
    page = visit("physician", expected=("Failed to load resource",))
    page.route("**/version", lambda route: route.abort())
    expect(page.locator("#notices.lost")).to_contain_text("Not connected since", timeout=5_000)
    page.unroute("**/version")
    expect(page.locator("#notices.lost")).to_have_count(0, timeout=5_000)


def test_an_ended_session_leads_to_the_sign_in_form(visit, busy_home):
    accounts.add_user(open_store(busy_home), "leaver", "physician", PASSWORD)
    accounts.add_scope(open_store(busy_home), "leaver", "clinician", "1000000001")
    page = visit("leaver", expected=("401",))
    accounts.set_password(open_store(busy_home), "leaver", PASSWORD + "!")
    page.wait_for_url("**/login?next=**", timeout=6_000)
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


def test_print_shows_the_gaps_and_nothing_to_click(visit):
    page = visit("physician")
    open_lopez(page)
    page.emulate_media(media="print")
    expect(page.locator(".do-next")).to_be_visible()
    for hidden in (".user-menu", ".top-bar nav", ".history", ".gap-why"):
        expect(page.locator(hidden).first).to_be_hidden()

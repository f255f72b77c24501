"""A real browser over a busy house: fixtures and helpers of the screen tests."""

import contextlib
import shutil
import threading
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Error, TimeoutError, expect, sync_playwright
from visits import PASSWORD
from werkzeug.serving import make_server

from dashboard.web.app import make_app

FLAGS = ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync"]
SYSTEM = next((path for path in ("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome") if Path(path).exists()), None)
PATIENCE = 45_000   # ms to wait for what is sure to come: a machine may have much else to do
expect.set_options(timeout=PATIENCE)
WIDTHS = pytest.mark.parametrize("width", [1440, 390])


def browser():
    """Chromium, headless."""
    with sync_playwright() as playwright:
        try:
            browser = playwright.chromium.launch(executable_path=SYSTEM or shutil.which("chromium"), args=FLAGS)
        except Error as error:
            pytest.skip(f"no browser here: {str(error).splitlines()[0]} (`make test` installs one)")
        yield browser
        browser.close()


def serve(home):
    """The address of the application over a home directory."""
    server = make_server("127.0.0.1", 0, make_app(home), threaded=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()


class Seats:
    """Windows that tests hand on, whoever is signed in there: a new one costs two processor seconds, for it loads and compiles all scripts again."""

    def __init__(self, browser):
        self.browser, self.cookies, self.free = browser, {}, []

    def take(self, width, height):
        """A page of this size: one that is free, else one in a new window."""
        page = self.free.pop() if self.free else self.browser.new_context().new_page()
        page.set_default_timeout(PATIENCE)
        page.set_viewport_size({"width": width, "height": height})
        return page

    def open(self, page, address, username, at):
        """Go to a screen, straight where the user's session still stands, else past the sign-in form."""
        page.context.clear_cookies()
        page.context.add_cookies(self.cookies.get((address, username), []))
        page.goto(f"{address}{at}")
        page.wait_for_selector("#page h1, #username")
        if username and page.locator("#username").count():
            sign_in(page, username)
            self.cookies[address, username] = page.context.cookies()

    def give_back(self, page):
        """Nothing is left on the page of what a test did there."""
        for other in page.context.pages:
            if other != page:
                other.close()
        page.unroute_all(behavior="ignoreErrors")
        page.evaluate("sessionStorage.clear(); localStorage.clear()")
        page.emulate_media(media="null")
        page.goto("about:blank")
        self.free.append(page)

    def close(self):
        for page in self.free:
            page.context.close()


def visit(address, seats):
    """A function that opens a signed-in page; faults in the console fail the test."""
    opened, faults = [], []

    def open_browser(username, width=1440, height=900, expected=(), at=""):
        def fault(error):
            faults.append(str(error))

        def said(message):
            if message.type == "error" and not any(word in message.text for word in expected):
                faults.append(message.text)

        page = seats.take(width, height)
        opened.append((page, {"pageerror": fault, "console": said}))
        for event, listener in opened[-1][1].items():
            page.on(event, listener)
        seats.open(page, address, username, at)
        return page

    yield open_browser
    for page, listeners in opened:
        for event, listener in listeners.items():
            page.remove_listener(event, listener)
        if faults:
            page.context.close()
        else:
            seats.give_back(page)
    assert not faults, faults


def sign_in(page, username):
    page.fill("#username", username)
    page.fill("#password", PASSWORD)
    page.click("button[type=submit]")
    page.wait_for_selector("#page h1")


def wait_until(page, true, otherwise: str):
    """Until true() is so. What the browser itself waits for is evaluated as the page's own script, which the page's policy forbids."""
    for _ in range(PATIENCE // 100):
        if true():
            return
        page.wait_for_timeout(100)
    raise AssertionError(otherwise)


def wait_until_printed(page):
    """window.print was called, which the test has replaced."""
    wait_until(page, lambda: page.evaluate("window.printed === true"), "nothing was printed")


def press_until(page, locator, address):
    """A chart is drawn a moment before it hears clicks, and nothing in the page says when: one that was not heard is made again, as people do."""
    for _ in range(PATIENCE // 3_000):
        with contextlib.suppress(TimeoutError):  # it is gone where the click before led away late
            locator.click(force=True, timeout=3_000)
        with contextlib.suppress(TimeoutError):
            return page.wait_for_url(address, timeout=3_000)
    raise AssertionError(f"no click led to {address}")


def open_lopez(page):
    page.click("a:has-text('Lopez, Maria')")
    page.wait_for_selector(".patient-header")


def assert_no_serious_faults(page):
    found = [fault for fault in Axe().run(page).response["violations"] if fault["impact"] in ("serious", "critical")]
    assert not found, [(fault["id"], fault["nodes"][0]["html"][:200]) for fault in found]


def assert_fits(page):
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")

"""A real browser over a busy house: fixtures and helpers of the screen tests."""

import shutil
import threading
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Error, expect, sync_playwright
from visits import PASSWORD
from werkzeug.serving import make_server

from dashboard.web.app import make_app

FLAGS = ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync"]
SYSTEM = next((path for path in ("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome") if Path(path).exists()), None)
LEAVING = {"leaver", "other"}  # users whose session a test ends
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


def visit(browser, address, signed_in):
    """A function that opens a signed-in page; faults in the console fail the test."""
    contexts, faults = [], []

    def open_browser(username, width=1440, height=900, expected=(), at=None):
        context = browser.new_context(viewport={"width": width, "height": height}, storage_state=signed_in.get(username))
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(PATIENCE)
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("console", lambda message: faults.append(message.text) if message.type == "error"
                and not any(word in message.text for word in expected) else None)
        page.goto(address)
        if username and username not in signed_in:
            sign_in(page, username)
            if username not in LEAVING:
                signed_in[username] = context.storage_state()
        page.wait_for_selector("h1, #username")
        if at:
            page.goto(f"{address}{at}")
            page.wait_for_selector("#page h1")
        return page

    yield open_browser
    for context in contexts:
        context.close()
    assert not faults, faults


def sign_in(page, username):
    page.fill("#username", username)
    page.fill("#password", PASSWORD)
    page.click("button[type=submit]")
    page.wait_for_selector("#page h1")


def open_lopez(page):
    page.click("a:has-text('Lopez, Maria')")
    page.wait_for_selector(".patient-header")


def assert_no_serious_faults(page):
    found = [fault for fault in Axe().run(page).response["violations"] if fault["impact"] in ("serious", "critical")]
    assert not found, [(fault["id"], fault["nodes"][0]["html"][:200]) for fault in found]


def assert_fits(page):
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")

"""How soon the first number of a screen stands there, in a Chromium that has never been here: nothing of it is in the browser's cache.

python -m benchmarks.first_number --address http://127.0.0.1:8050 [--times 6]
The demo accounts sign in with HUDDLEBOARD_DEMO_PASSWORD. The clock of the page itself counts, from the start of the navigation to the frame in
which the heading of the screen, or the tile where it has one, holds a number. The exit status is 1 when the limit is not met.
"""

import argparse
import os
import shutil
import sys

from playwright.sync_api import sync_playwright

from benchmarks.web import User

SCREENS = {"/today": "physician", "/panel": "physician", "/practices": "support", "/course": "director"}
LIMIT = 1.5
FIRST_NUMBER = """() => {
    const shown = [...document.querySelectorAll('#page h1, #page .headline, #page .tile')].some(
        one => /\\d/.test(one.textContent) && one.getClientRects().length);
    return shown ? performance.now() : null;
}"""
FLAGS = ["--headless=new", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update"]


def seconds(playwright, address: str, path: str, cookies: dict[str, str]) -> float:
    """Seconds from the start of the navigation to the first number, in a browser of its own."""
    browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
    try:
        context = browser.new_context(viewport={"width": 1440, "height": 900})
        context.add_cookies([{"name": name, "value": value, "url": address} for name, value in cookies.items()])
        page = context.new_page()
        page.goto("about:blank")
        page.goto(f"{address}{path}", wait_until="commit")
        return page.wait_for_function(FIRST_NUMBER, polling="raf").json_value() / 1000
    finally:
        browser.close()


def main() -> int:
    """Print the seconds of each screen, every time."""
    parser = argparse.ArgumentParser(description="First number on a screen, cold.")
    parser.add_argument("--address", default="http://127.0.0.1:8050")
    parser.add_argument("--times", type=int, default=6)
    given, met = parser.parse_args(), True
    with sync_playwright() as playwright:
        for path, username in SCREENS.items():
            cookies = User(given.address, username, os.environ["HUDDLEBOARD_DEMO_PASSWORD"]).cookies
            taken = sorted(seconds(playwright, given.address, path, cookies) for _ in range(given.times))
            met = met and taken[-1] <= LIMIT
            print(f"{path:<12}{taken[0]:6.2f} to {taken[-1]:.2f} s  (limit {LIMIT} s)", flush=True)
    return 0 if met else 1


if __name__ == "__main__":
    sys.exit(main())

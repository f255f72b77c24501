"""How quickly callbacks answer when several people click at once: real HTTP against the served application.

python -m benchmarks.web --address http://127.0.0.1:8050 --users 8 [--think 2] [--seconds 20]
The demo accounts sign in with HUDDLEBOARD_DEMO_PASSWORD; each user asks for the screens of its role in turn. Figures are reported, not judged.
"""

import argparse
import json
import os
import re
import threading
import time
import urllib.parse
import urllib.request
from http.cookiejar import CookieJar

PATHS = {
    "physician": (("/today", ""), ("/panel", ""), ("/panel", "?show=all&sort=name"), ("/my-numbers", "")),
    "assistant": (("/today", ""), ("/panel", "?show=no-visit&sort=last-day")),
    "support": (("/practices", ""), ("/panel", "")),
    "director": (("/course", ""), ("/practices", ""), ("/panel", ""), ("/compare", "")),
    "analyst": (("/panel", ""), ("/panel", "?show=all&sort=name&page=9"), ("/practices", "")),
}
OUTPUT = ".._pages_content.children..._pages_store.data.."


class User:
    """A signed-in browser without a screen."""

    def __init__(self, address: str, username: str, password: str):
        self.address, self.username, self.cookies = address, username, CookieJar()
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.cookies))
        token = re.search(r'name="csrf_token" value="([^"]+)"', self._get("/login")).group(1)
        form = urllib.parse.urlencode({"username": username, "password": password, "csrf_token": token, "next": "/account"})
        self.opener.open(f"{address}/login", form.encode()).read()
        self.csrf = next(cookie.value for cookie in self.cookies if cookie.name == "_csrf_token")

    def _get(self, path: str) -> str:
        return self.opener.open(f"{self.address}{path}").read().decode()

    def ask(self, path: str, search: str) -> float:
        """Seconds until the callback that draws a page has answered in full."""
        place = [{"id": "_pages_location", "property": name, "value": value} for name, value in (("pathname", path), ("search", search))]
        body = {"output": OUTPUT, "inputs": place, "changedPropIds": ["_pages_location.pathname"],
                "outputs": [{"id": "_pages_content", "property": "children"}, {"id": "_pages_store", "property": "data"}]}
        request = urllib.request.Request(f"{self.address}/_dash-update-component", json.dumps(body).encode(),
                                         {"Content-Type": "application/json", "X-CSRFToken": self.csrf})
        began = time.perf_counter()
        self.opener.open(request).read()
        return time.perf_counter() - began


def load(address: str, users: int, think: float, seconds: float, password: str) -> list[tuple[str, float]]:
    """(role and path, seconds) of every answer after a first round that nobody counts."""
    names = [list(PATHS)[place % len(PATHS)] for place in range(users)]
    people, answers, end = [User(address, name, password) for name in names], [], []
    ready = threading.Barrier(users, action=lambda: end.append(time.monotonic() + seconds))

    def click(user: User, place: int) -> None:
        for path, search in PATHS[user.username]:
            user.ask(path, search)
        ready.wait()
        turn = place
        while time.monotonic() < end[0]:
            path, search = PATHS[user.username][turn % len(PATHS[user.username])]
            answers.append((f"{user.username} {path}{search}", user.ask(path, search)))
            turn += 1
            time.sleep(think)

    threads = [threading.Thread(target=click, args=(user, place)) for place, user in enumerate(people)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def _percentile(values: list[float], share: float) -> float:
    return sorted(values)[min(len(values) - 1, int(share * len(values)))]


def main() -> None:
    """Print the percentiles of all answers and of each screen, in milliseconds."""
    parser = argparse.ArgumentParser(description="Load test of the screens.")
    parser.add_argument("--address", default="http://127.0.0.1:8050")
    parser.add_argument("--users", type=int, default=8)
    parser.add_argument("--think", type=float, default=0, help="seconds between the clicks of a user")
    parser.add_argument("--seconds", type=float, default=20)
    given = parser.parse_args()
    answers = load(given.address, given.users, given.think, given.seconds, os.environ["HUDDLEBOARD_DEMO_PASSWORD"])
    everything = [seconds for _, seconds in answers]
    for name in ("all", *sorted({name for name, _ in answers})):
        values = everything if name == "all" else [seconds for one, seconds in answers if one == name]
        print(f"{name:<45} {len(values):>6,} answers  median {_percentile(values, .5) * 1000:5.0f} ms  p95 {_percentile(values, .95) * 1000:5.0f} ms")
    print(f"{len(answers) / given.seconds:.0f} answers a second")


if __name__ == "__main__":
    main()

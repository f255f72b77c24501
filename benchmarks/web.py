"""How quickly callbacks answer when several people click at once: real HTTP against the served application.

python -m benchmarks.web --address http://127.0.0.1:8050 --users 8 [--think 2] [--seconds 20]
The demo accounts sign in with HUDDLEBOARD_DEMO_PASSWORD. Each user goes through the screens of its role in turn and, after each list, opens one
of its patients, another one each time; lists are turned to another page each time too. The exit status is 1 when the limit is not met.
"""

import argparse
import http.client
import json
import os
import re
import sys
import threading
import time
import urllib.parse

PATHS = {
    "physician": (("/today", ""), ("/panel", "?page={turn}"), ("/panel", "?show=all&sort=name&page={turn}"), ("/my-numbers", "")),
    "assistant": (("/today", ""), ("/panel", "?show=no-visit&sort=last-day&page={turn}")),
    "support": (("/practices", ""), ("/panel", "?page={turn}"), ("/practice", "")),
    "director": (("/course", ""), ("/practices", ""), ("/panel", "?page={turn}"), ("/compare", ""), ("/measure", "?rate=cbp"),
                 ("/measure/people", "?rate=cbp&page={turn}")),
    "analyst": (("/panel", "?page={turn}"), ("/panel", "?show=all&sort=name&page={turn}"), ("/practices", ""), ("/data-health", "")),
}
PAGES = 12  # of a list that are turned to
OUTPUT = ".._pages_content.children..._pages_store.data.."
PATIENT = re.compile(rb"patient(?:/|\\u002f)([a-z2-7]{32})")  # Dash writes slashes as \u002f


class User:
    """A signed-in browser without a screen: one connection, kept open."""

    def __init__(self, address: str, username: str, password: str):
        self.username, self.cookies, self.turn = username, {}, 0
        self.connection = http.client.HTTPConnection(urllib.parse.urlsplit(address).netloc, timeout=60)
        token = re.search(rb'name="csrf_token" value="([^"]+)"', self._send("GET", "/login")).group(1).decode()
        form = {"username": username, "password": password, "csrf_token": token, "next": "/account"}
        self._send("POST", "/login", urllib.parse.urlencode(form), {"Content-Type": "application/x-www-form-urlencoded"})
        self._send("GET", "/version")

    def _send(self, method: str, path: str, body: str | None = None, headers: dict | None = None) -> bytes:
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        answer = self._answer(method, path, body, {"Cookie": cookies, **(headers or {})})
        for name, value in (cookie.partition(";")[0].split("=", 1) for cookie in answer.headers.get_all("Set-Cookie", ())):
            self.cookies[name] = value
        content = answer.read()
        if answer.status >= 400:
            sys.exit(f"{self.username} {path}: {answer.status}")
        return content

    def post(self, path: str, fields: dict[str, str]) -> bytes:
        """The answer to a form."""
        return self._send("POST", path, urllib.parse.urlencode(fields), {"Content-Type": "application/x-www-form-urlencoded"})

    def _answer(self, *request) -> http.client.HTTPResponse:
        try:
            self.connection.request(*request)
            return self.connection.getresponse()
        except (http.client.RemoteDisconnected, ConnectionError):  # the server closes what has been quiet for some seconds, as browsers know
            self.connection.close()
            self.connection.request(*request)
            return self.connection.getresponse()

    def ask(self, path: str, search: str = "") -> tuple[float, bytes]:
        """Seconds until the callback that draws a page has answered in full, and the answer."""
        place = [{"id": "_pages_location", "property": name, "value": value} for name, value in (("pathname", path), ("search", search))]
        body = json.dumps({"output": OUTPUT, "inputs": place, "changedPropIds": ["_pages_location.pathname"],
                           "outputs": [{"id": "_pages_content", "property": "children"}, {"id": "_pages_store", "property": "data"}]})
        began = time.perf_counter()
        content = self._send("POST", "/_dash-update-component", body,
                             {"Content-Type": "application/json", "X-CSRFToken": self.cookies["_csrf_token"]})
        return time.perf_counter() - began, content

    def click(self):
        """(screen, seconds) of the next screen, and of a patient of it where it lists any."""
        path, search = PATHS[self.username][self.turn % len(PATHS[self.username])]
        seconds, content = self.ask(path, search.format(turn=1 + self.turn // len(PATHS[self.username]) % PAGES))
        yield f"{self.username} {path}{search.replace('page={turn}', 'page=..')}", seconds
        if people := PATIENT.findall(content):
            yield f"{self.username} /patient", self.ask(f"/patient/{people[self.turn * 7 % len(people)].decode()}")[0]
        self.turn += 1


def load(address: str, users: int, think: float, seconds: float, password: str) -> tuple[list[tuple[str, float]], float]:
    """(screen, seconds) of every answer after a first round that nobody counts, and the share of a core that asking took."""
    people, answers, began = [User(address, list(PATHS)[place % len(PATHS)], password) for place in range(users)], [], []
    ready = threading.Barrier(users, action=lambda: began.append((time.monotonic(), time.process_time())))

    def work(user: User, place: int) -> None:
        for _ in PATHS[user.username]:
            list(user.click())
        user.turn += place
        ready.wait(120)
        time.sleep(think * place / users)  # people do not click in step
        while time.monotonic() < began[0][0] + seconds:
            for answer in user.click():
                answers.append(answer)
                time.sleep(think)

    threads = [threading.Thread(target=work, args=(user, place)) for place, user in enumerate(people)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers, (time.process_time() - began[0][1]) / (time.monotonic() - began[0][0])


def _percentile(values: list[float], share: float) -> float:
    return sorted(values)[min(len(values) - 1, int(share * len(values)))] * 1000


def main() -> int:
    """Print the percentiles of all answers and of each screen, in milliseconds."""
    parser = argparse.ArgumentParser(description="Load test of the screens.")
    parser.add_argument("--address", default="http://127.0.0.1:8050")
    parser.add_argument("--users", type=int, default=8)
    parser.add_argument("--think", type=float, default=0, help="seconds between the clicks of a user")
    parser.add_argument("--seconds", type=float, default=20)
    given = parser.parse_args()
    answers, client = load(given.address, given.users, given.think, given.seconds, os.environ["HUDDLEBOARD_DEMO_PASSWORD"])
    everything = [seconds for _, seconds in answers]
    for name in sorted({name for name, _ in answers}):
        values = [seconds for one, seconds in answers if one == name]
        print(f"{name:<50} {len(values):>6,} answers  median {_percentile(values, .5):5.0f} ms  p95 {_percentile(values, .95):5.0f} ms")
    limit, p95 = 150 if given.think else 100, _percentile(everything, .95)
    print(f"{'all':<50} {len(answers):>6,} answers  median {_percentile(everything, .5):5.0f} ms  p95 {p95:5.0f} ms  (limit {limit} ms)")
    print(f"{len(answers) / given.seconds:.0f} answers a second; asking itself took {client:.0%} of a core")
    return int(p95 > limit)


if __name__ == "__main__":
    sys.exit(main())

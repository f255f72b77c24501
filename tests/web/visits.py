"""One application over the small house, and clients signed in as each role."""

import functools
import re
from datetime import timedelta
from threading import Thread

import house
import pytest

from dashboard.access import accounts
from dashboard.state import open_store
from dashboard.state.models import utc_now
from dashboard.web.app import make_app

PASSWORD = "correct horse battery"
# username -> (role, scope kind, scope value, people within reach)
USERS = {
    "physician": ("physician", "clinician", "1000000001", {1, 2, 3, 4}),
    "assistant": ("assistant", "clinician", "1000000001", {1, 2, 3, 4}),
    "support": ("support", "practice", "P1", {1, 2, 3, 4, 20}),
    "director": ("director", "group", "G1", {1, 2, 3, 4, 20, 30}),
    "analyst": ("analyst", "organization", "", {1, 2, 3, 4, 20, 30, 40, 90}),
    "other": ("physician", "clinician", "1000000004", {40}),
    "departed": ("physician", "clinician", "1000000001", set()),
    "unscoped": ("physician", None, None, set()),
    "auditor": ("auditor", "organization", "", set()),
    "administrator": ("administrator", "organization", "", set()),
}
# own, own practice's other clinician, other practice, other group, nobody's, dead, unknown
PEOPLE = (1, 20, 30, 40, 90, 5, 999_999)


@pytest.fixture(scope="session")
def home(tmp_path_factory):
    """A published home directory with an account per role."""
    home = tmp_path_factory.mktemp("home")
    house.publish_house(home, crowd=0)
    add_users(home)
    return home


def add_users(home) -> None:
    """The accounts of USERS."""
    store, today = open_store(home), utc_now().date()
    for username, (role, kind, value, _) in USERS.items():
        accounts.add_user(store, username, role, PASSWORD)
        if kind:
            end = today - timedelta(days=1) if username == "departed" else None
            accounts.add_scope(store, username, kind, value, today - timedelta(days=30), end)


def faults_of_starting_together(home) -> list[Exception]:
    """What goes wrong when eight threads open the state database of a home directory for the first time."""
    faults = []

    def start():
        try:
            open_store(home)
        except Exception as error:
            faults.append(error)
    threads = [Thread(target=start) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return faults


# Of a home once, whoever asks: a module with a home of its own has these of that one.
@functools.cache
def _served(home):
    return make_app(home)


@functools.cache
def _signed_in(home):
    return {username: sign_in(_served(home), username) for username in USERS}


@pytest.fixture(scope="module")
def server(home):
    """The application."""
    return _served(home)


@pytest.fixture(scope="module")
def clients(home):
    """A signed-in client per user name."""
    return _signed_in(home)


def csrf_of(html: str) -> str:
    """The token in a form."""
    return re.search(r'name="csrf_token" value="([^"]+)"', html).group(1)


def post_login(client, username: str, password: str = PASSWORD, **more):
    """Fill in and send the sign-in form."""
    token = csrf_of(client.get("/login").text)
    return client.post("/login", data={"username": username, "password": password, "csrf_token": token, **more})


def sign_in(server, username: str, password: str = PASSWORD):
    """A client that signed in."""
    client = server.test_client()
    assert post_login(client, username, password).status_code == 302
    client.get("/version")  # any answer brings the CSRF cookie
    return client


def callback(client, output: str, inputs: list, state: list = (), **headers):
    """Send a callback as Dash does."""
    cookie = client.get_cookie("_csrf_token")
    headers = {"X-CSRFToken": cookie.value if cookie else "", **headers}
    identity, _, prop = output.partition(".")
    body = {"output": output, "outputs": {"id": identity, "property": prop}, "inputs": inputs, "state": list(state), "changedPropIds": []}
    return client.post("/_dash-update-component", json=body, headers=headers)


PAGES_OUTPUT = ".._pages_content.children..._pages_store.data.."


def open_page(client, path: str, search: str = ""):
    """The routing callback, which draws a page."""
    inputs = [{"id": "_pages_location", "property": "pathname", "value": path}, {"id": "_pages_location", "property": "search", "value": search}]
    body = {"output": PAGES_OUTPUT, "inputs": inputs, "changedPropIds": ["_pages_location.pathname"],
            "outputs": [{"id": "_pages_content", "property": "children"}, {"id": "_pages_store", "property": "data"}]}
    cookie = client.get_cookie("_csrf_token")
    return client.post("/_dash-update-component", json=body, headers={"X-CSRFToken": cookie.value if cookie else ""})


def search(client, value):
    """The search of the top bar."""
    return callback(client, "frame-found.children", [{"id": "frame-search", "property": "value", "value": value}])


@pytest.fixture(scope="session")
def browser():
    """A real browser, started once; a test opens contexts of its own. Without one the test is skipped with a word."""
    import browsing
    yield from browsing.browser()


@pytest.fixture(scope="session")
def busy_home(tmp_path_factory):
    """The house with 120 more people for Dr Adams, so that her list has pages."""
    home = tmp_path_factory.mktemp("busy")
    house.publish_house(home, crowd=120)
    add_users(home)
    return home


@pytest.fixture(scope="session")
def address(busy_home):
    """Where that house is served."""
    import browsing
    yield from browsing.serve(busy_home)


@pytest.fixture(scope="session")
def seats(browser):
    """Windows of that browser, which tests hand on."""
    import browsing
    seats = browsing.Seats(browser)
    yield seats
    seats.close()


@pytest.fixture
def visit(address, seats):
    """visit("physician", width=390) gives a signed-in page; faults in the console fail the test."""
    import browsing
    yield from browsing.visit(address, seats)

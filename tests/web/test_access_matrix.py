"""Who reaches what: routes, pages, callbacks x roles x own, other practice, other group, nobody's, departed, anonymous."""

import functools

import dash
import pytest
from visits import PEOPLE, USERS, callback, open_page, search

from dashboard.access import accounts, audit, rules
from dashboard.access.tokens import token_of
from dashboard.state import open_store
from dashboard.state.models import ROLES
from dashboard.web.guard import name_of

EVERY = pytest.mark.parametrize("username", USERS)
INPUTS, OUTPUT = [{"id": "frame-search", "property": "value"}], {"id": "frame-found", "property": "children"}
JUNK = [None, 0, -1, 1.5, True, "", "x" * 100_000, "' OR 1=1 --", "%_", "\x00", [], ["a"], {}, {"show": "all"}, [[["deep"]]], "∞", "9" * 30]


store_of = functools.cache(open_store)  # opening looks whether the state database is of this release


@functools.cache
def user_id(home, username):
    return next(user.id for user in accounts.all_users(store_of(home)) if user.username == username)


def token(server, home, username, person):
    return token_of(server.extensions["huddleboard"].key, user_id(home, username), person)


def patient_path(server, home, username, person):
    return f"/patient/{token(server, home, username, person)}"


def refusals(home):
    return audit.counts(store_of(home)).get("refused", 0)


def test_conftest_imports_the_right_conftest():
    assert set(ROLES) <= {role for role, *_ in USERS.values()}


# Anonymous.

def test_only_sign_in_and_health_are_open(server):
    client = server.test_client()
    for rule in server.url_map.iter_rules():
        path = "/" + "x/" * len(rule.arguments) if rule.arguments else str(rule)
        if rule.endpoint in ("login", "healthz", "ready") or path.startswith("/assets"):
            continue
        answer = client.get(path)
        assert answer.status_code in (302, 401), rule
        assert answer.status_code == 401 or answer.location.startswith("/login"), rule


def test_anonymous_gets_no_page_no_layout_no_callback(server):
    client = server.test_client()
    assert client.get("/panel").location == "/login?next=/panel"
    assert client.get("/patient/abc").location == "/login?next=/patient/abc"
    assert client.get("/_dash-layout").status_code == 401
    assert open_page(client, "/panel").status_code == 401
    assert search(client, "").status_code == 401


# Pages.

def test_every_page_has_a_rule(server):
    pages = {name_of(page) for page in dash.page_registry.values()}
    assert pages == set(rules.PAGES)


def test_what_has_no_rule_is_closed():
    assert not any(rules.may_open(role, "unheard_of") or rules.may_ask(role, "unheard_of") for role in ROLES)


@EVERY
def test_a_role_opens_its_pages_and_no_other(server, home, clients, username):
    role = USERS[username][0]
    for page in dash.page_registry.values():
        if page["path_template"]:
            continue
        before = refusals(home)
        wanted = 200 if rules.may_open(role, name_of(page)) else 404
        assert clients[username].get(page["path"]).status_code == wanted
        assert open_page(clients[username], page["path"]).status_code == wanted
        assert refusals(home) == before + (0 if wanted == 200 else 2)


@EVERY
@pytest.mark.parametrize("person", PEOPLE)
def test_a_patient_opens_for_those_who_care_for_them(server, home, clients, username, person):
    wanted, before = 200 if person in USERS[username][3] else 404, refusals(home)
    path = patient_path(server, home, username, person)
    assert clients[username].get(path).status_code == wanted
    answer = open_page(clients[username], path)
    assert answer.status_code == wanted
    assert refusals(home) == before + (0 if wanted == 200 else 2)
    if wanted == 404:
        assert "name" not in answer.text.lower() or "Not Found" in answer.text


@EVERY
def test_the_panel_shows_the_people_within_reach_and_no_other(server, home, clients, username):
    if not rules.may_open(USERS[username][0], "panel"):
        return
    answer = open_page(clients[username], "/panel", "?show=all").text
    for person in PEOPLE:
        assert (token(server, home, username, person) in answer) == (person in USERS[username][3]), person


def test_a_token_of_another_viewer_opens_nothing(server, home, clients):
    borrowed = patient_path(server, home, "assistant", 1)
    before = refusals(home)
    assert clients["assistant"].get(borrowed).status_code == 200
    assert clients["physician"].get(borrowed).status_code == 404
    assert refusals(home) == before + 1


@pytest.mark.parametrize("made_up", ["", "x", "1", "AAAA", "A" * 27, "A" * 5000, "é", "..%2F..", "%00", "' OR 1=1"])
def test_a_made_up_token_opens_nothing(clients, made_up):
    assert clients["physician"].get(f"/patient/{made_up}").status_code == 404
    assert open_page(clients["physician"], f"/patient/{made_up}").status_code == 404


def test_every_changed_character_of_a_token_is_noticed(server, home, clients):
    path = patient_path(server, home, "physician", 1)
    for place in range(len("/patient/"), len(path) - 1):
        changed = path[:place] + ("A" if path[place] != "A" else "B") + path[place + 1:]
        assert clients["physician"].get(changed).status_code == 404


def test_a_viewed_patient_leaves_a_row(server, home, clients):
    open_page(clients["physician"], patient_path(server, home, "physician", 2))
    row = audit.newest(open_store(home), 1)[0]
    assert (row.action, row.username, row.role, row.page, row.person) == ("viewed patient", "physician", "physician", "patient", 2)


# Callbacks: every value is the sender's invention.

@EVERY
@pytest.mark.parametrize("value", [*JUNK, "o", "1950-10-10"], ids=lambda value: repr(value)[:20])
def test_tampered_values_give_no_error_and_nobody_out_of_reach(server, home, clients, username, value):
    reach = USERS[username][3]
    strangers = [token(server, home, username, person) for person in PEOPLE if person not in reach]
    answer = search(clients[username], value)
    assert answer.status_code == (200 if rules.may_ask(USERS[username][0], "people_found") else 404)
    assert not any(stranger in answer.text for stranger in strangers)


@pytest.mark.parametrize("query", ["show=x", "sort=x", "page=0", "page=-5", "page=99999999999999999999", "page=x", "page=1e3", "panels=1",
                                   "show=all&show=due", "person=40", "%00=%00", "page=%F0%9F%98%80", "token=1", "_=1"])
def test_a_tampered_query_string_shows_one_s_own_list(server, home, clients, query):
    answer = open_page(clients["physician"], "/panel", f"?{query}")
    assert answer.status_code == 200
    assert token(server, home, "physician", 1) in answer.text or "show=all" not in query
    assert token(server, home, "physician", 40) not in answer.text


@pytest.mark.parametrize("body", [
    None, [], "x", 1, {}, {"output": 1}, {"output": "nothing.children"}, {"output": "frame-found.children"}, {"output": "frame-found.children", "inputs": INPUTS},
    {"output": "frame-found.children", "outputs": {"id": "x"}, "inputs": INPUTS},
    {"output": "frame-found.children", "outputs": OUTPUT, "inputs": INPUTS, "changedPropIds": [1]},
    {"output": "frame-found.children", "inputs": "x"}, {"output": "frame-found.children", "inputs": [1], "state": [2]},
    {"output": "frame-found.children", "inputs": [{"id": "other", "property": "value", "value": 1}], "state": []},
    {"output": "frame-found.children", "inputs": [{"id": {"a": 1}, "property": ["value"]}], "state": {"x": 1}},
], ids=repr)
def test_a_callback_that_is_none_answers_404(clients, body):
    client = clients["physician"]
    answer = client.post("/_dash-update-component", json=body, headers={"X-CSRFToken": client.get_cookie("_csrf_token").value})
    assert answer.status_code == 404


@pytest.mark.parametrize("path", [None, 1, {}, [], "/", "", "panel", "/nothing", "/panel/", "//panel", "/login", "/patient/", "/patient/a/b", "/audit"])
def test_the_routing_callback_opens_only_pages(clients, path):
    assert open_page(clients["physician"], path).status_code == 404


def test_every_callback_is_closed_to_roles_without_people(server, clients):
    """Whatever callbacks a later page adds: sent by an auditor, none may answer with people."""
    for output, declared in server.extensions["callbacks"].items():
        if output.startswith((".._pages_content", "_pages_dummy")):
            continue
        sender = "physician" if output == "audit-found.children" else "auditor"  # the log's own search is closed to who works with people
        answer = callback(clients[sender], output, [{**i, "value": "all"} for i in declared["inputs"]], [{**s, "value": {}} for s in declared["state"]])
        assert answer.status_code in (403, 404), output


def test_an_unknown_page_is_not_there(clients):
    assert clients["physician"].get("/nothing").status_code == 404
    assert clients["physician"].get("/assets/../../state.sqlite").status_code == 404


def test_first_page_by_role(clients):
    assert clients["physician"].get("/").location == clients["assistant"].get("/").location == "/today"
    assert clients["auditor"].get("/").location == "/audit"

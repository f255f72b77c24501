"""My account and Users: who looked, passwords, sessions, accounts that an administrator changes."""

import house
import pytest
from browsing import WIDTHS, assert_fits, assert_no_serious_faults
from playwright.sync_api import expect
from test_access_matrix import patient_path, token
from visits import PASSWORD, USERS, add_users, callback, open_page, post_login, sign_in

from dashboard.access import accounts, audit
from dashboard.state import open_store
from dashboard.web.app import make_app

NEW = "another good password"


@pytest.fixture
def own(tmp_path):
    """A house of its own, whose accounts a test may change: (application, store)."""
    house.publish_house(tmp_path)
    add_users(tmp_path)
    return make_app(tmp_path), open_store(tmp_path)


def post(client, path, **fields):
    with client.session_transaction() as session:
        token = session["csrf"]
    return client.post(path, data={"csrf_token": token, **fields})


def test_who_looked_at_my_panel(server, home, clients):
    open_page(clients["director"], patient_path(server, home, "director", 1))
    open_page(clients["director"], patient_path(server, home, "director", 2))
    open_page(clients["director"], patient_path(server, home, "director", 30))
    text = open_page(clients["physician"], "/account").text
    assert "looked at my panel" in text and "director" in text and "2 patients" in text
    assert "director" not in open_page(clients["other"], "/account").text, "nobody of another panel was opened"


def test_a_new_password_ends_other_sessions_and_keeps_this_one(own):
    app, _ = own
    here, there = sign_in(app, "physician"), sign_in(app, "physician")
    assert "not right" in told(post(here, "/account/password", old="wrong", new=NEW, again=NEW), here)
    assert "same twice" in told(post(here, "/account/password", old=PASSWORD, new=NEW, again="x"), here)
    assert "at least 12" in told(post(here, "/account/password", old=PASSWORD, new="short", again="short"), here)
    assert "changed" in told(post(here, "/account/password", old=PASSWORD, new=NEW, again=NEW), here)
    assert here.get("/version").status_code == 200
    assert there.get("/version").status_code == 401
    assert post_login(app.test_client(), "physician").status_code == 401
    assert post_login(app.test_client(), "physician", NEW).status_code == 302


def told(answer, client):
    assert answer.status_code == 302
    with client.session_transaction() as session:
        return session.get("told", "")


def test_guessing_the_old_password_locks(own):
    app, _ = own
    client = sign_in(app, "physician")
    for _ in range(5):
        post(client, "/account/password", old="wrong", new=NEW, again=NEW)
    assert "Too many tries" in told(post(client, "/account/password", old=PASSWORD, new=NEW, again=NEW), client)


def test_signing_out_everywhere_else(own):
    app, _ = own
    here, there = sign_in(app, "physician"), sign_in(app, "physician")
    post(here, "/account/sessions")
    assert (here.get("/version").status_code, there.get("/version").status_code) == (200, 401)


@pytest.mark.parametrize("path", ["/account/password", "/account/sessions", "/users/change"])
def test_forms_need_a_session_and_a_token(server, clients, path):
    assert server.test_client().post(path).status_code == 401
    assert clients["administrator"].post(path).status_code == 400
    assert clients["administrator"].get(path).status_code in (404, 405)


@pytest.mark.parametrize("username", [name for name, user in USERS.items() if user[0] != "administrator"])
def test_only_an_administrator_changes_accounts(home, clients, username):
    before = len(accounts.all_users(open_store(home)))
    assert post(clients[username], "/users/change", change="add", username="intruder", role="analyst", password=PASSWORD).status_code == 404
    assert len(accounts.all_users(open_store(home))) == before
    assert audit.newest(open_store(home), 1)[0].action == "refused"


def test_an_administrator_adds_scopes_disables(own):
    app, store = own
    admin = sign_in(app, "administrator")
    assert "can sign in now" in told(post(admin, "/users/change", change="add", username="New.One", role="physician", display_name="New One", password=PASSWORD), admin)
    assert "another scope" in told(post(admin, "/users/change", change="scope", username="new.one", place="clinician:1000000001", start="2026-01-01", end=""), admin)
    one = sign_in(app, "new.one")
    assert " gaps can be closed at today's 3 visits" in open_page(one, "/today").text
    for fields, said in (({"change": "scope", "place": "planet:x"}, "no such place"), ({"change": "scope", "place": "group:G9"}, "no such place"), ({"change": "training", "until": "x"}, "no day"),
                         ({"change": "scope", "place": "group:G1", "start": "soon"}, "no day"), ({"change": "scope", "place": "group:G1", "start": "2026-02-01", "end": "2026-01-01"}, "before its first"),
                         ({"change": "password", "password": "short"}, "at least 12")):
        assert said in told(post(admin, "/users/change", username="new.one", **fields), admin)
    post(admin, "/users/change", change="end", username="new.one")
    assert "No people are assigned" in open_page(one, "/today").text
    post(admin, "/users/change", change="disable", username="new.one")
    assert one.get("/version").status_code == 401
    assert "another administrator" in told(post(admin, "/users/change", change="disable", username="administrator"), admin)
    assert post(admin, "/users/change", change="explode", username="new.one").status_code == 404
    rows = [row for row in audit.newest(store, 20, chosen=audit.Filter("account changed")) if row.detail.get("account") == "new.one"]
    assert {row.username for row in rows} == {"administrator"}, "the log says who changed the account"


def test_a_request_for_names_is_answered_by_a_role(own):
    app, store = own
    admin, analyst = sign_in(app, "administrator"), sign_in(app, "analyst")
    post(analyst, "/account/request", page="compare")
    assert "asked for the names of clinicians" in open_page(admin, "/users").text
    assert "no role" in told(post(admin, "/users/change", change="role", username="analyst", role="king"), admin)
    assert "is director now" in told(post(admin, "/users/change", change="role", username="analyst", role="director"), admin)
    assert analyst.get("/version").status_code == 401, "what is open was drawn for the old role"
    assert "Asked for access" not in open_page(admin, "/users").text, "who sees them by now waits no more"
    assert "Adams, Alice" in open_page(sign_in(app, "analyst"), "/compare", "?by=clinician").text.replace("Alice Adams", "Adams, Alice")
    assert "another administrator" in told(post(admin, "/users/change", change="role", username="administrator", role="physician"), admin)
    newest = audit.newest(store, 5, chosen=audit.Filter("account changed"))[0]
    assert newest.detail == {"account": "analyst", "change": "role", "role": "director", "before": "analyst"}


def test_scopes_are_chosen_by_name(clients):
    text = open_page(clients["administrator"], "/users", "?user=physician").text
    for words in ("Whole organization", "Group North Doctors", "North Doctors > Alder Medicine", "Adams, Alice (Alder Medicine)"):
        assert words.replace(">", "\\u003e") in text or words in text, words


def test_expired_training_hides_everybody_until_it_is_renewed(own):
    app, _ = own
    admin, one = sign_in(app, "administrator"), sign_in(app, "physician")
    path = patient_path(app, app.extensions["huddleboard"].home, "physician", 1)
    assert one.get(path).status_code == 200
    post(admin, "/users/change", change="training", username="physician", until="2025-11-03")
    text = open_page(one, "/today").text
    assert "HIPAA training expired 3 Nov 2025" in text and "Lopez" not in text and one.get(path).status_code == 404
    assert "Lopez" not in one.get("/export/panel.csv?show=all").text
    post(admin, "/users/change", change="training", username="physician", until="2099-01-01")
    assert one.get(path).status_code == 200 and "Training valid until 1 Jan 2099" in open_page(one, "/today").text


def test_the_auditor_finds_a_person_s_rows_by_name_or_id(server, home, clients):
    open_page(clients["physician"], patient_path(server, home, "physician", 1))
    def find(who, text):
        return callback(clients[who], "audit-found.children", [{"id": "audit-search", "property": "value", "value": text}])
    for text in ("lopez", "P-1", "mrn1"):
        answer = find("auditor", text).text
        assert "Lopez, Maria" in answer and token(server, home, "auditor", 1) in answer and "gap" not in answer and "555" not in answer
    logged = set(audit.people(open_store(home)))  # other tests of this home open people, too
    for person, name in ((1, "lopez, maria"), (5, "gone, old"), (40, "duncan, dora"), (90, "nobody, nora")):
        assert ("Nobody in the log" in find("auditor", name).text) == (person not in logged), name
    assert "Nobody in the log" in find("auditor", "unknown, ursula").text
    assert audit.newest(open_store(home), 1)[0].action == "searched"
    assert find("director", "lopez").status_code == 404
    for junk in (None, 3, [], {}, "' OR 1=1 --", "%", "x" * 10_000):
        assert find("administrator", junk).status_code == 200


@WIDTHS
@pytest.mark.parametrize(("username", "path"), [("physician", "/account"), ("administrator", "/users"), ("auditor", "/account")])
def test_the_screens_are_sound(visit, username, path, width):
    page = visit(username, width, at=path)
    page.evaluate("document.querySelectorAll('main details').forEach(details => details.open = true)")
    assert_no_serious_faults(page)
    assert_fits(page)


def test_who_looked_is_two_clicks_away(visit):
    page = visit("physician")
    page.click(".user-menu summary")
    page.click("text=Who looked at my panel")
    expect(page.locator("#page h1")).to_contain_text("looked at my panel in the last 90 days")

"""Sign-in, sessions, lockout, CSRF and headers."""

from datetime import timedelta

import pytest
import quick_passwords
from sqlalchemy import text
from visits import PASSWORD, USERS, callback, csrf_of, open_page, post_login, search, sign_in

from dashboard.access import accounts, audit, passwords, sessions
from dashboard.access.passwords import hash_password, matches
from dashboard.errors import Fault
from dashboard.state import open_store
from dashboard.state.models import AuditEvent, SignInFailure, utc_now


@pytest.fixture
def store(home):
    return open_store(home)


@pytest.fixture
def someone(store, request):
    """A fresh account for tests that break it."""
    username = f"someone{abs(hash(request.node.name)) % 10**9}"
    accounts.add_user(store, username, "physician", PASSWORD)
    accounts.add_scope(store, username, "clinician", "1000000001")
    return username


# Signing in.

def test_the_form_signs_in_and_goes_where_one_wanted_to_go(server, store):
    client = server.test_client()
    answer = post_login(client, "physician", next="/panel?show=all")
    assert (answer.status_code, answer.location) == (302, "/panel?show=all")
    assert audit.newest(store, 1)[0].action == "signed in"


def test_the_user_name_is_forgiving_the_password_is_not(server):
    assert post_login(server.test_client(), "  Physician ").status_code == 302
    assert post_login(server.test_client(), "assistant", PASSWORD + " ").status_code == 401


@pytest.mark.parametrize("target", ["//evil.example", "https://evil.example/", "/\\evil.example", "javascript:alert(1)", "/_dash-layout", "/logout", ""])
def test_sign_in_never_leads_to_another_site(server, target):
    assert post_login(server.test_client(), "physician", next=target).location == "/"


@pytest.mark.parametrize(("username", "password"), [("physician", "wrong"), ("nobody", PASSWORD), ("", ""), ("physician", ""), ("x" * 5000, "y" * 5000)])
def test_a_refusal_does_not_say_what_was_wrong(server, username, password):
    answer = post_login(server.test_client(), username, password)
    assert answer.status_code == 401 and "User name or password is not right" in answer.text


def test_a_password_typed_as_user_name_is_not_kept(server, store):
    post_login(server.test_client(), "my secret password", "x")
    with store.begin() as session:
        assert "my secret password" not in {row.username for row in session.query(SignInFailure)}


def test_a_disabled_account_is_out_at_once(server, store, someone):
    client = sign_in(server, someone)
    assert client.get("/panel").status_code == 200
    accounts.set_disabled(store, someone, True)
    assert client.get("/panel").location.startswith("/login")
    assert post_login(server.test_client(), someone).status_code == 401


def test_a_new_password_ends_open_sessions(server, store, someone):
    client = sign_in(server, someone)
    accounts.set_password(store, someone, "another long password")
    assert client.get("/panel").location.startswith("/login")


def test_an_ended_scope_is_gone_at_once(server, store, someone):
    client = sign_in(server, someone)
    assert "patients with" in open_page(client, "/panel").text
    accounts.end_scopes(store, someone)
    assert "No people are assigned to you yet" in open_page(client, "/panel").text


# Lockout.

def test_five_wrong_passwords_lock_the_account_for_a_while(server, store, someone):
    for _ in range(sessions.TRIES_PER_USERNAME):
        assert post_login(server.test_client(), someone, "wrong").status_code == 401
    locked = post_login(server.test_client(), someone)
    assert locked.status_code == 429 and "Too many tries" in locked.text
    assert audit.newest(store, 1)[0].action == "locked out"
    later = utc_now() + sessions.WINDOW + timedelta(seconds=1)
    assert sessions.sign_in(store, someone, PASSWORD, "10.0.0.1", later).username == someone


def test_an_unknown_user_name_locks_the_same_way(server):
    for _ in range(sessions.TRIES_PER_USERNAME):
        assert post_login(server.test_client(), "ghost", "wrong").status_code == 401
    assert post_login(server.test_client(), "ghost", "wrong").status_code == 429


def test_signing_in_clears_the_count(store, someone):
    for _ in range(2):
        for _ in range(sessions.TRIES_PER_USERNAME - 1):
            assert sessions.sign_in(store, someone, "wrong", "10.0.0.2") is None
        assert sessions.sign_in(store, someone, PASSWORD, "10.0.0.2")


def test_an_address_that_tries_many_names_is_stopped(store, monkeypatch):
    monkeypatch.setattr(sessions, "TRIES_PER_ADDRESS", 6)  # each try costs what a password check costs
    for number in range(6):
        assert sessions.sign_in(store, f"name{number}", "wrong", "10.9.9.9") is None
    with pytest.raises(sessions.TooManyTries):
        sessions.sign_in(store, "physician", PASSWORD, "10.9.9.9")


def test_counts_are_in_the_state_database_so_that_workers_agree(home, store, someone):
    from dashboard.state.store import Store
    other_worker = Store(str(store.engine.url))
    for worker in (store, other_worker, store, other_worker, store):
        assert sessions.sign_in(worker, someone, "wrong", "10.0.0.3") is None
    with pytest.raises(sessions.TooManyTries):
        sessions.sign_in(other_worker, someone, PASSWORD, "10.0.0.3")


# Sessions.

def test_a_session_ends_when_nobody_is_there(store, someone):
    secret = sessions.sign_in(store, someone, PASSWORD, "").secret
    soon, late = utc_now() + timedelta(minutes=29), utc_now() + timedelta(minutes=61)
    assert sessions.viewer_of_secret(store, secret, now=soon)
    assert sessions.viewer_of_secret(store, secret, now=late) is None


def test_polling_does_not_keep_a_session_alive(store, someone):
    secret = sessions.sign_in(store, someone, PASSWORD, "").secret
    start = utc_now()
    for minute in range(1, 30):
        assert sessions.viewer_of_secret(store, secret, active=False, now=start + timedelta(minutes=minute))
    assert sessions.viewer_of_secret(store, secret, active=False, now=start + timedelta(minutes=31)) is None


def test_a_session_ends_after_its_hours_however_busy(store, someone):
    secret, start = sessions.sign_in(store, someone, PASSWORD, "").secret, utc_now()
    for minutes in range(0, 12 * 60, 20):
        assert sessions.viewer_of_secret(store, secret, now=start + timedelta(minutes=minutes))
    assert sessions.viewer_of_secret(store, secret, now=start + timedelta(hours=12, minutes=1)) is None


def test_signing_out_ends_the_session_for_copies_of_the_cookie_too(server, someone):
    client = sign_in(server, someone)
    cookie = client.get_cookie("huddleboard").value
    assert client.post("/logout", data={"csrf_token": client.get_cookie("_csrf_token").value}).location == "/login"
    assert client.get("/panel").location.startswith("/login")
    thief = server.test_client()
    thief.set_cookie("huddleboard", cookie)
    assert thief.get("/panel").location.startswith("/login")


def test_a_session_planted_before_signing_in_is_replaced(server):
    client = server.test_client()
    before = csrf_of(client.get("/login").text)
    post_login(client, "physician")
    client.get("/version")
    assert client.get_cookie("_csrf_token").value != before


# CSRF.

def test_every_post_needs_the_token(server, clients):
    assert server.test_client().post("/login", data={"username": "physician", "password": PASSWORD}).status_code == 400
    assert clients["physician"].post("/logout").status_code == 400
    assert search_with(clients["physician"], "").status_code == 400
    assert search_with(clients["physician"], "wrong").status_code == 400
    assert search_with(clients["physician"], clients["assistant"].get_cookie("_csrf_token").value).status_code == 400
    assert search(clients["physician"], "").status_code == 200


def search_with(client, token):
    return callback(client, "frame-found.children", [{"id": "frame-search", "property": "value", "value": ""}], **{"X-CSRFToken": token})


def test_the_cookie_alone_is_not_enough(server, clients):
    client = sign_in(server, "physician")
    client.set_cookie("_csrf_token", "planted")
    assert search_with(client, "planted").status_code == 400


# Headers.

@pytest.mark.parametrize("path", ["/login", "/healthz", "/panel", "/nothing", "/_dash-layout", "/assets/huddleboard.css", "/version"])
def test_security_headers_are_on_every_answer(clients, path):
    headers = clients["physician"].get(path).headers
    policy = headers["Content-Security-Policy"]
    assert "script-src 'self' 'sha256-" in policy and "unsafe-eval" not in policy
    assert "unsafe-inline" not in policy.replace("style-src 'self' 'unsafe-inline'", "")
    assert "frame-ancestors 'none'" in policy and "object-src 'none'" in policy and "form-action 'self'" in policy
    assert headers["X-Content-Type-Options"] == "nosniff" and headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "no-referrer"
    if not path.startswith("/assets"):
        assert headers["Cache-Control"] == "no-store"


def test_cookies_are_kept_from_scripts_and_other_sites(server):
    client = server.test_client()
    cookies = post_login(client, "physician").headers.getlist("Set-Cookie") + client.get("/version").headers.getlist("Set-Cookie")
    session = next(cookie for cookie in cookies if cookie.startswith("huddleboard="))
    csrf = next(cookie for cookie in cookies if cookie.startswith("_csrf_token="))
    assert "HttpOnly" in session and "SameSite=Lax" in session and "SameSite=Strict" in csrf


def test_behind_https_cookies_are_secure_and_browsers_stay(home, monkeypatch):
    from dashboard.web.app import make_app
    monkeypatch.setenv("HUDDLEBOARD_HTTPS", "1")
    client = make_app(home).test_client()
    answer = client.get("/login", base_url="https://localhost")
    assert "max-age" in answer.headers["Strict-Transport-Security"]
    assert all("Secure" in cookie for cookie in answer.headers.getlist("Set-Cookie"))


def test_no_page_names_a_person_in_its_address_or_title(server, clients):
    answer = open_page(clients["physician"], "/panel", "?show=all").text
    hrefs = [part.partition('"')[0] for part in answer.split('"href":"')[1:]]
    assert hrefs and not any(name in href for href in hrefs for name in ("Lopez", "Maria", "p-1", "MRN"))


# Passwords, accounts, audit.

def test_passwords_are_argon2id_dear_to_try_and_long_enough(monkeypatch):
    monkeypatch.setattr(passwords, "hasher", quick_passwords.PRODUCT)
    stored = hash_password(PASSWORD)
    assert stored.startswith("$argon2id$v=19$m=65536,t=3,p=4$") and matches(PASSWORD, stored) and not matches(PASSWORD, None)
    with pytest.raises(Fault, match="12"):
        hash_password("short")


@pytest.mark.parametrize(("username", "role"), [("Upper", "physician"), ("a b", "physician"), ("", "physician"), ("fine", "king"), ("physician", "physician")])
def test_accounts_with_faults_are_refused(store, username, role):
    with pytest.raises(Fault):
        accounts.add_user(store, username, role, PASSWORD)


@pytest.mark.parametrize(("kind", "value"), [("planet", "x"), ("group", ""), ("organization", "x"), ("", "")])
def test_scopes_with_faults_are_refused(store, kind, value):
    with pytest.raises(Fault):
        accounts.add_scope(store, "physician", kind, value)


@pytest.mark.parametrize("statement", ["UPDATE audit_event SET username = 'x'", "DELETE FROM audit_event"])
def test_the_audit_log_cannot_be_changed(store, statement):
    with pytest.raises(Exception, match="append-only"), store.begin() as session:
        session.execute(text(statement))


def test_the_audit_log_holds_no_name_and_no_search_text(store, clients):
    search(clients["physician"], "Lopez")
    with store.begin() as session:
        rows = session.query(AuditEvent).filter(AuditEvent.action == "searched").all()
    assert rows and not any("lopez" in str(row.detail).lower() for row in rows)


def test_the_auditor_reads_the_log_without_people(clients):
    answer = open_page(clients["auditor"], "/audit").text
    assert "Viewed list" in answer and not any(name in answer for name in ("Lopez", "Maria", "MRN1"))


def test_every_role_is_tried_here():
    assert {"physician", "assistant", "support", "director", "analyst", "auditor", "administrator"} <= set(USERS)


def test_before_the_first_build_a_page_says_so(tmp_path):
    from dashboard.web.app import make_app
    accounts.add_user(open_store(tmp_path), "admin", "administrator", PASSWORD)
    client = make_app(tmp_path).test_client()
    post_login(client, "admin")
    answer = client.get("/audit")
    assert answer.status_code == 503 and "Nothing is published yet" in answer.text
    assert client.get("/version").json == {"version": None}


def test_whether_questions_can_be_answered_is_said_to_anybody_without_a_number_of_a_person(server, tmp_path):
    from dashboard.web.app import make_app
    answer = server.test_client().get("/readyz")
    assert (answer.status_code, answer.text) == (200, f"ready: {server.extensions['huddleboard'].reader.version()}\n")
    empty = make_app(tmp_path)
    assert (empty.test_client().get("/readyz").status_code, empty.test_client().get("/healthz").status_code) == (503, 200)
    with open_store(tmp_path).begin() as session:
        session.execute(text("DROP TABLE alembic_version"))
    assert empty.test_client().get("/readyz").text == "not ready: the state database does not answer\n"

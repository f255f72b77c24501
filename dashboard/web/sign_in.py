"""Signing in and out, and who is behind a request."""

import hmac
import secrets
from urllib.parse import urlsplit

from flask import Flask, abort, current_app, g, jsonify, redirect, render_template, request, session
from flask_login import LoginManager, current_user, login_user, logout_user
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from dashboard.access import audit, passwords, sessions
from dashboard.errors import HuddleboardError, NotPublished
from dashboard.house import house

POLLED = ("/version",)  # asked by the page itself; it must not keep an abandoned session alive


def register(server: Flask) -> None:
    """Add the sign-in routes and the user loader."""
    passwords.nobody()  # else the first unknown name would take twice as long as a known one
    manager = LoginManager(server)
    manager.user_loader(_viewer)
    server.add_url_rule("/login", view_func=login, methods=["GET", "POST"])
    server.add_url_rule("/logout", view_func=logout, methods=["POST"])
    server.add_url_rule("/healthz", view_func=lambda: ("ok\n", 200, {"Content-Type": "text/plain"}), endpoint="healthz")
    server.add_url_rule("/readyz", view_func=ready)
    server.add_url_rule("/version", view_func=version)
    server.after_request(_send_csrf_cookie)


def _viewer(secret: str):
    if "state_gone" in g:
        return None  # that is being said; who is asked again while the words are drawn
    try:
        return sessions.viewer_of_secret(house().store, secret, active=request.path not in POLLED)
    except SQLAlchemyError:
        g.state_gone = True
        raise


def csrf_token() -> str:
    """The session's token; forms send it as `csrf_token`, Dash as header X-CSRFToken."""
    return session.setdefault("csrf", secrets.token_urlsafe(24))


def check_csrf() -> None:
    """400 unless the request proves that it comes from one of our own pages."""
    expected = session.get("csrf", "")
    if request.path.startswith("/_dash"):
        pair = request.cookies.get("_csrf_token", ""), request.headers.get("X-CSRFToken", "")
    else:
        pair = (request.form.get("csrf_token", ""),) * 2
    if not expected or not all(hmac.compare_digest(value.encode(), expected.encode()) for value in pair):
        abort(400, "This form is too old. Go back, load the page again and repeat.")


def _send_csrf_cookie(response):
    # Dash reads this cookie with script and sends it back as a header, so it cannot be HttpOnly.
    if response.status_code < 500 and current_user.is_authenticated and request.cookies.get("_csrf_token") != csrf_token():
        response.set_cookie("_csrf_token", csrf_token(), samesite="Strict", secure=current_app.config["SESSION_COOKIE_SECURE"])
    return response


def login():
    """The form, and what happens when it is sent."""
    target = _own_path(request.values.get("next", ""))
    if request.method == "GET":
        return redirect(target) if current_user.is_authenticated else _form(target)
    username, password = request.form.get("username", "")[:80].strip().lower(), request.form.get("password", "")[:1024]
    address, store = request.remote_addr or "", house().store
    try:
        viewer = sessions.sign_in(store, username, password, address)
    except sessions.TooManyTries:
        audit.record(store, None, "locked out", address=address)
        return _form(target, "Too many tries. Wait 15 minutes, or ask your administrator for a new password."), 429
    if viewer is None:
        audit.record(store, None, "sign-in refused", address=address)
        return _form(target, "User name or password is not right."), 401
    session.clear()  # a session planted before signing in is worth nothing after it
    login_user(viewer)
    audit.record(store, viewer, "signed in", address=address)
    return redirect(target)


def _form(target: str, message: str = ""):
    return render_template("login.html", csrf_token=csrf_token(), target=target, message=message)


def _own_path(target: str) -> str:
    """A path on this site to go on to, never another site."""
    parts = urlsplit(target)
    own = target.startswith("/") and not target.startswith(("//", "/\\")) and not parts.netloc and not parts.scheme
    return target if own and not target.startswith(("/login", "/logout", "/_")) else "/"


def logout():
    """End the session."""
    sessions.sign_out(house().store, current_user.get_id())
    audit.record(house().store, current_user._get_current_object(), "signed out", address=request.remote_addr or "")
    logout_user()
    session.clear()
    response = redirect("/login")
    response.delete_cookie("_csrf_token", samesite="Strict")
    return response


def version():
    """The name of the served version, for the page's polling."""
    try:
        return jsonify(version=house().reader.version())
    except NotPublished:
        return jsonify(version=None)


def ready():
    """Whether questions can be answered, in words without any number of a person: 503 when nothing can be served or the state database is gone."""
    try:
        with house().store.begin() as session_of_state:
            session_of_state.execute(text("SELECT count(*) FROM alembic_version"))
        with house().reader.serving() as (served, _):
            damaged = house().reader.damaged
    except HuddleboardError as fault:
        return _plain(f"not ready: {type(fault).__name__}", 503)
    except SQLAlchemyError:
        return _plain("not ready: the state database does not answer", 503)
    return _plain(f"ready, but {damaged} cannot be read: {served} is served" if damaged else f"ready: {served}", 200)


def _plain(words: str, status: int):
    return f"{words}\n", status, {"Content-Type": "text/plain"}

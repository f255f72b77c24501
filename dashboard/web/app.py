"""The application factory."""

import hashlib
import importlib
import sys
from pathlib import Path

import dash
from dash import dcc
from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from dashboard import queries, settings
from dashboard.access.tokens import secret_key
from dashboard.database import Reader
from dashboard.house import House
from dashboard.state import store_for_serving
from dashboard.web import (
    answering,
    compression,
    education,
    exports,
    forms,
    frame,
    guard,
    headers,
    metrics,
    plan_word_forms,
    search,
    sign_in,
    turns,
    worklog_forms,
)

HERE = Path(__file__).parent


def make_app(home: str | Path) -> Flask:
    """The application over a home directory, ready for a WSGI server."""
    home = settings.home_directory(home)
    home.mkdir(parents=True, exist_ok=True)
    key = secret_key(home)
    server = Flask("dashboard.web", static_folder=None, template_folder=str(HERE / "templates"))
    server.extensions["huddleboard"] = House(home, Reader(home), store_for_serving(home), _derived(key, b"patient tokens"))
    server.config.update(SECRET_KEY=_derived(key, b"cookies"), SESSION_COOKIE_NAME="huddleboard", SESSION_COOKIE_HTTPONLY=True,
                         SESSION_COOKIE_SAMESITE="Lax", SESSION_COOKIE_SECURE=settings.behind_https(), MAX_CONTENT_LENGTH=1 << 20)
    if settings.proxies():
        server.wsgi_app = ProxyFix(server.wsgi_app, x_for=settings.proxies(), x_proto=settings.proxies(), x_host=settings.proxies())
    # The guard stands before Dash adds its routes: a route nobody thought of is closed, not open.
    sign_in.register(server)
    forms.register(server)
    exports.register(server)
    answering.register(server)
    worklog_forms.register(server)
    education.register(server)
    plan_word_forms.register(server)
    metrics.register(server)  # before the guard, so that what it refuses counts too
    guard.register(server)
    server.teardown_appcontext(queries.close_cursor)
    app = _dash_app(server)
    headers.register(server, app)
    compression.register(server)
    server.wsgi_app = turns.InTurn(server.wsgi_app)
    # Dash fills its registries at the first request; several at once would race.
    server.test_client().get("/healthz")
    return server


def _derived(key: bytes, purpose: bytes) -> bytes:
    return hashlib.blake2b(purpose, key=key, digest_size=32).digest()


def _dash_app(server: Flask) -> dash.Dash:
    app = dash.Dash("dashboard.web", server=server, use_pages=True, pages_folder="", assets_folder=str(HERE / "assets"), assets_ignore="^plotly",
                    suppress_callback_exceptions=True, use_async=False, title="Huddleboard", update_title=None,
                    index_string=(HERE / "templates" / "index.html").read_text(encoding="utf-8"))
    # The bar and line charts of ours need a third of plotly.js: assets/plotly-basic stands in for the whole that Dash brings. live.js says where it
    # is, and a page fetches it with its first chart: two thirds of the first screens have none.
    dcc._js_dist[:] = [script for script in dcc._js_dist if script.get("namespace") != "plotly"]
    _import_pages()
    frame.frame_pages()
    search.register(app)
    app.layout = frame.layout
    guard.know(server, app)
    return app


def _import_pages() -> None:
    """Register the pages with the newest Dash app: pages and callbacks register when their module runs."""
    known = [name for name in sys.modules if name == "pages" or name.startswith("pages.")]
    for name in known:
        del sys.modules[name]
    dash.page_registry.clear()
    importlib.import_module("pages")

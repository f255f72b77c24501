"""The frame around every page: skip link, top bar, as-of, the bar that announces new numbers."""

import dash
from dash import dcc, html
from flask_login import current_user

from dashboard.access import Viewer, current_viewer
from dashboard.components.words import day, moment
from dashboard.queries import ask, ask_one, reader
from dashboard.web.guard import name_of
from dashboard.web.sign_in import csrf_token


def layout():
    """What a signed-in browser gets first; the page itself comes in the middle."""
    if not current_user.is_authenticated:
        return html.Div()  # Dash also calls this while it sets itself up, where nobody is signed in
    viewer = current_viewer()
    return html.Div([
        html.A("Skip to the page", href="#page", className="skip-link"),
        html.Header(_top_bar(viewer), className="top-bar"),
        html.Div(id="notices", role="status", **{"aria-live": "polite", "data-version": reader().version()}),
        html.P(f"CONFIDENTIAL - PHI - shred after use. Printed by {viewer.display_name}.", className="print-only"),
        html.Main(dash.page_container, id="page", tabIndex="-1"),
    ])


def _top_bar(viewer: Viewer) -> list:
    return [
        dcc.Link("Huddleboard", href="/", className="brand", refresh=True),
        html.Nav([dcc.Link(page["name"], href=page["path"], className="page-tab") for page in dash.page_registry.values()
                  if not page["path_template"] and viewer.may_open(name_of(page))], **{"aria-label": "Pages"}),
        html.Div(className="grow"),
        as_of(viewer),
        _user_menu(viewer),
    ]


def as_of(viewer: Viewer) -> html.Details:
    """What day the numbers stand for, and which feed is late by its own habit; opened, when each source last sent something."""
    release, feeds = ask_one("release", viewer), ask("feeds", viewer)
    late = [html.Span(f"{feed.data_source} {feed.late_days:.0f} days late", className="late") for feed in feeds if feed.late_days]
    words = f"What happened up to {day(release.as_of)}, by the files that were here on {moment(release.published_at)} UTC."
    return html.Details([
        html.Summary([f"as of {day(release.as_of)} ", *late[:2]]),
        html.Div([html.P(words), html.Dl([part for feed in feeds for part in (html.Dt(feed.data_source), html.Dd(_feed_words(feed)))])],
                 className="menu"),
    ], className="as-of drop")


def _feed_words(feed) -> str:
    late = f", {feed.late_days:.0f} days late (usual: {feed.usual_days:.0f})" if feed.late_days else ""
    return f"last file {day(feed.received_at)}{late}"


def _user_menu(viewer: Viewer) -> html.Details:
    return html.Details([
        html.Summary(viewer.display_name),
        html.Div([
            html.P([html.Strong(viewer.role.capitalize()), html.Br(), html.Span(_scope_words(viewer), className="quiet")]),
            html.Form([
                dcc.Input(type="hidden", name="csrf_token", value=csrf_token(), id="frame-csrf"),
                html.Button("Sign out", type="submit", className="btn btn-outline-primary"),
            ], method="post", action="/logout"),
        ], className="menu"),
    ], className="user-menu drop")


def _scope_words(viewer: Viewer) -> str:
    if not viewer.scopes:
        return "No people assigned"
    clinicians = [value for kind, value in viewer.scopes if kind == "clinician"]
    names = {row.clinician_npi: row.name for row in ask("clinician_names", viewer, clinicians=clinicians)}
    return ", ".join("Whole organization" if kind == "organization" else names.get(value) or f"{kind.capitalize()} {value}"
                     for kind, value in viewer.scopes)

"""The frame around every page: skip link, the bar that announces new numbers, and above each page its top bar."""

import dash
from dash import html
from flask import current_app
from flask_login import current_user

from dashboard.access import current_viewer
from dashboard.access.selection import current_selection
from dashboard.components.elements import html as ours
from dashboard.components.words import claims_in_words, day
from dashboard.database import OtherForm
from dashboard.errors import NotKept
from dashboard.queries import ask_one, reader, version_of
from dashboard.web import guard, held, past
from dashboard.web.top_bar import top_bar


def layout():
    """What a signed-in browser gets first; the page itself comes in the middle."""
    if not current_user.is_authenticated:
        return html.Div()  # Dash also calls this while it sets itself up, where nobody is signed in
    return html.Div([
        html.A("Skip to the page", href="#page", className="skip-link"),
        html.Div(id="notices", role="status",
                 **{"aria-live": "polite", "data-version": reader().version(), "data-claims": claims_in_words(_claims())}),
        html.P(f"CONFIDENTIAL - PHI - shred after use. Printed by {current_viewer().display_name}.", className="print-only"),
        dash.page_container,
    ])


def _claims() -> int | None:
    """Claim lines behind the numbers: what a slow page is counting."""
    try:
        return ask_one("release", current_viewer()).claims
    except OtherForm:
        return None  # the page itself says so


def _lapsed(viewer):
    if not viewer.lapsed:
        return None
    return ours.P(f"HIPAA training expired {day(viewer.training_until)}. Names are hidden until it is renewed: ask your administrator.",
                  className="lapsed", role="status")


def frame_pages() -> None:
    """Put the frame around the layout of every registered page: one answer brings bar and page, so they never disagree."""
    for page in dash.page_registry.values():
        page["layout"] = _framed(page, page["layout"])


def _framed(page: dict, layout):
    def framed(**values):
        viewer = current_viewer()
        try:
            if current_selection().as_of:
                version_of(current_selection().as_of)
        except NotKept as error:
            return past.instead(error)
        try:
            content = layout(**values)  # first: what refuses the page must not have drawn anything
        except OtherForm as error:
            current_app.logger.error("the published version has another form than this program asks for: %s", type(error).__name__)
            return html.Main([html.H1(guard.OLDER_BUILD[0]), html.P(guard.OLDER_BUILD[1])], id="page", tabIndex="-1")
        told = past.banner(), held.banner(viewer), _lapsed(viewer)
        return ours.Div([top_bar(viewer, current_selection(), page), *told, ours.Main(content, id="page", tabIndex="-1")])
    return framed

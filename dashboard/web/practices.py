"""The one practice that a screen is about."""

from dashboard.access import Viewer
from dashboard.access.reach import Place
from dashboard.access.selection import Selection, current_selection
from dashboard.components.elements import dcc, html
from dashboard.queries import reach_of


def practice_of(viewer: Viewer) -> Place | None:
    """The practice that is selected, or the only one that the viewer has."""
    reach, selection = reach_of(viewer), current_selection()
    practices = reach.choices("practice")
    if selection.kind == "practice":
        return reach.place(selection)
    return practices[0] if len(practices) == 1 and not selection.kind else None


def choose_practice(viewer: Viewer, path: str) -> html.Div:
    """All practices by name, when none is selected; each leads to the path."""
    places = reach_of(viewer).choices("practice")
    links = [html.Li(dcc.Link(place.name, href=of_practice(place.value, path))) for place in places]
    return html.Div([html.H1([html.Strong(f"{len(places):,}"), " practices to choose from"]), html.Ul(links, className="choices")], className="page")


def of_practice(practice_id: str, path: str, **values) -> str:
    """A path with this practice selected; plan, year and day stay."""
    chosen = current_selection()
    return Selection("practice", practice_id, chosen.contract, chosen.period).address(path, **values)

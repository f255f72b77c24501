"""Board pack: four pages to print, of numbers that stay as they are under their id."""

import dash

from dashboard.access import audit, current_viewer
from dashboard.access.selection import address, current_selection
from dashboard.components.as_of import late_words, moment_of
from dashboard.components.board_pack import behind, course_page, equity_and_trend, places_page
from dashboard.components.cut_points import whose
from dashboard.components.elements import dcc, html
from dashboard.components.places import named_places
from dashboard.components.roll_up import missing_to_goal
from dashboard.components.signals import outliers
from dashboard.components.states import NO_PEOPLE, empty
from dashboard.components.words import day, now
from dashboard.given import short_text
from dashboard.queries import ask, ask_one, current_year, frozen
from dashboard.web.course import apart, ask_all, goals_table, heading
from dashboard.web.printing import printing
from dashboard.web.trends import marked_trend

FOLLOWED = 2  # measures whose trend is drawn


def layout(**_):
    """The pack; the address names the version, so it shows the same numbers for as long as that is kept."""
    viewer, release = current_viewer("board_pack"), None
    known = ask_all(viewer)
    if not known.rates:
        return html.Div([html.H1("Board pack"), empty(NO_PEOPLE)], className="page")
    release, pack = ask_one("release", viewer), pack_id(viewer)
    audit.note(viewer, "opened board pack", page="board_pack", sheet=pack)
    head = [f"Board pack {pack}", f"numbers as of {moment_of(release)}", f"{whose_people(viewer)}, {current_selection().period or current_year()}"]
    return html.Div([
        html.P(dcc.Link("Back to Course", href=address("/course")), className="back no-print"),
        bar(pack),
        *[sheet(head, number, content) for number, content in enumerate(pages(viewer, known, release), 1)],
    ], className="page board-pack")


def pack_id(viewer) -> str:
    """12-2026-G1-all: the version, the year, whose patients, which plan."""
    chosen = current_selection()
    version = chosen.version or frozen().get("version", "0")
    own = "+".join(value or kind for kind, value in viewer.scopes)
    return f"{int(version)}-{chosen.period or current_year()}-{chosen.value or own}-{chosen.plan}"


def whose_people(viewer) -> str:
    """In words: the practice or group that the top bar selects, else all of the viewer's."""
    chosen = current_selection()
    rows = ask("places", viewer, by="practice" if chosen.kind == "practice" else "group", rate="")
    name = next((row.practice_name if chosen.kind == "practice" else row.group_name for row in rows if row.place == chosen.value), None)
    return name or ("one clinician" if chosen.kind == "panel" else "all of your patients")


def bar(pack: str) -> html.Div:
    """Printing, and what holds of the address."""
    pinned = current_selection().version is not None
    words = "The address of this page shows these numbers again for as long as this version is kept." if pinned else "These are the numbers of now."
    return html.Div([
        html.Button("Print", id="board-pack-print", className="btn btn-primary"),
        html.Span(words if pinned else [words, " ", dcc.Link("Freeze them", href=address("/board-pack", **frozen()))], className="quiet"),
        dcc.Store(id="board-pack-sheet", data=pack), html.Div(id="board-pack-printed", hidden=True), html.Div(id="board-pack-told", hidden=True),
    ], className="chosen-bar no-print")


def sheet(head: list[str], number: int, content: list) -> html.Section:
    """One page with its head."""
    return html.Section([html.Div([html.Span(words) for words in [*head, f"{number}/4"]], className="pack-head"), *content],
                        className="pack-page", **{"aria-label": f"Page {number} of 4"})


def pages(viewer, known, release) -> list[list]:
    """The four: how we stand, where, over time and for whom, what is behind the numbers."""
    goals = sorted(known.goals, key=lambda goal: -missing_to_goal(goal) * (goal.weight or 1))
    places = ask("places", viewer, by="practice", rate="")
    named = {goal.slug: named_places([row for row in places if row.slug == goal.slug], goal.better) for goal in goals}
    by_practice = ask("goals", viewer, by="practice")
    trends = [(goal, marked_trend(viewer, goal.slug, known.of_goal(goal), goal.goal, height=200, told=True)) for goal in goals[:FOLLOWED]]
    changes = ask("change_split", viewer, rate="", plan_key="all")
    late = [late_words(feed) for feed in ask("feeds", viewer) if feed.late_days]
    cuts = ask("cut_points", viewer)
    return [
        course_page(heading(known), apart(known, by_practice) if goals else None, goals_table(known) if goals else None),
        places_page(outliers(goals, places), ask("practices", viewer), by_practice, named),
        equity_and_trend(goals, known.subgroups, trends),
        behind(late, known.plans, changes, whose(cuts) if cuts else "", f"{day(release.as_of)}, printed {now()} by {viewer.display_name}"),
    ]


def its_id(viewer, sent) -> str:
    """The id that was printed, where it is that of this pack."""
    told = short_text(sent, 80)
    return told if told == pack_id(viewer) else ""


printing("board_pack", its_id)
dash.register_page(__name__, path="/board-pack", name="Board pack", title="Board pack - Huddleboard", layout=layout)

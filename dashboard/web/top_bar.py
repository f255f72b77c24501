"""The bar above every page: tabs of the role, pickers of scope, plan and year, search, as-of, user menu."""

from dataclasses import replace

import dash

from dashboard.access import Viewer, rules, sessions
from dashboard.access.reach import Place, Reach
from dashboard.access.selection import Selection
from dashboard.components.as_of import as_of_chip, moment_in_words
from dashboard.components.elements import dbc, dcc, html
from dashboard.components.words import day
from dashboard.house import house
from dashboard.queries import ask, ask_one, current_year, reach_of
from dashboard.web import past
from dashboard.web.guard import name_of
from dashboard.web.sign_in import csrf_token

PICKERS = ("scope", "plan", "year")  # a page registers with those that its numbers follow
ALL = "all"  # a picker that selects nothing; live.js leaves it out of the address


def top_bar(viewer: Viewer, selection: Selection, page: dict) -> html.Header:
    """page: the registry's entry of the page that is shown."""
    return html.Header([
        html.Div([
            dcc.Link("Huddleboard", href="/", className="brand", refresh=True),
            html.Nav([_tab(tab, selection, tab is page) for tab in tabs_of(viewer)], **{"aria-label": "Pages"}),
            html.Div(className="grow"),
            None if selection.as_of else _search(viewer),
            _user_menu(viewer),
        ], className="top-bar"),
        html.Div([
            html.Div(_pickers(viewer, selection, page.get("pickers", PICKERS)), className="pickers"),
            as_of_chip(ask_one("release", viewer), ask("feeds", viewer), _days(selection)),
        ], className="scope-bar"),
    ], className="frame")


def tabs_of(viewer: Viewer) -> list[dict]:
    """The pages of the role's tabs that exist, in order."""
    pages = {name_of(page): page for page in dash.page_registry.values()}
    return [pages[name] for name in rules.TABS[viewer.role] if name in pages and viewer.may_open(name)]


def _tab(page: dict, selection: Selection, shown: bool) -> dcc.Link:
    # dcc.Link takes no aria-current, so the tab that is shown says it in words.
    told = [html.Span("this page: ", className="visually-hidden")] if shown else []
    # The list of practices is left for one of them, and the way back leads to all.
    kept = replace(selection, kind="", value="") if page.get("compares") and selection.kind != "group" else selection
    return dcc.Link([*told, page["name"]], href=kept.address(page["path"]), className="page-tab shown" if shown else "page-tab")


def _search(viewer: Viewer) -> html.Div | None:
    """For roles with people; "/" brings the cursor here. What is typed may be a name, so it never stands in the address."""
    if not rules.may_ask(viewer.role, "people_found"):
        return None
    return html.Div([
        html.Label("Find a patient", htmlFor="frame-search", className="visually-hidden"),
        dcc.Input(id="frame-search", type="search", placeholder="Find a patient  /", debounce=0.3, maxLength=60, className="form-control search",
                  autoComplete="off"),
        html.Div(id="frame-found", className="found", **{"aria-live": "polite"}),
    ], className="finder")


def _pickers(viewer: Viewer, selection: Selection, wanted: tuple) -> list:
    parts = []
    if "scope" in wanted:
        parts += _scope_pickers(reach_of(viewer), selection)
    if "plan" in wanted:
        contracts = ask("contracts", viewer)
        parts += _picker("plan", "Plan", "All plans", [(str(row.contract), row.name) for row in contracts], selection.contract)
    if "year" in wanted:
        years, now = [row.period for row in ask("periods", viewer)], current_year()
        parts += _picker("year", "Measure year", str(now), [(str(year), str(year)) for year in years if year != now], selection.period)
    return parts


def _scope_pickers(reach: Reach, selection: Selection) -> list:
    """Group > practice > clinician: each level offers what lies within the level above, as far as the viewer sees it whole."""
    place = reach.place(selection)
    group = _chosen(reach, "group", place and place.group_id)
    practice = _chosen(reach, "practice", place.practice_id if place and place.kind != "group" else None)
    groups, practices = reach.choices("group"), reach.choices("practice", group)
    within = practice or (practices[0] if len(practices) == 1 else None)
    clinicians = reach.choices("panel", within) if within or not practices else []
    return [
        *_level("scope-group", "Group", "All groups", groups, group, above=""),
        *_level("scope-practice", "Practice", "All practices", practices, practice, above=group.scope if group and len(groups) > 1 else ""),
        *_level("scope-clinician", "Clinician", "All clinicians", clinicians, place if place and place.kind == "panel" else None,
                above=practice.scope if practice and len(practices) > 1 else group.scope if group and len(groups) > 1 else ""),
    ]


def _chosen(reach: Reach, kind: str, value: str | None) -> Place | None:
    return reach.place(Selection(kind, value)) if value else None


def _level(identity: str, label: str, everything: str, places: list[Place], chosen: Place | None, above: str) -> list:
    """above: the scope that stands when everything of this level is wanted."""
    if len(places) < 2:
        return []
    options = [{"label": everything, "value": above or ALL}, *[{"label": place.name, "value": place.scope} for place in places]]
    return _select(identity, "scope", label, options, chosen.scope if chosen else above or ALL)


def _picker(name: str, label: str, everything: str, choices: list[tuple[str, str]], chosen) -> list:
    if not choices:
        return []
    options = [{"label": everything, "value": ALL}, *[{"label": words, "value": value} for value, words in choices]]
    return _select(name, name, label, options, str(chosen or ALL))


def _select(identity: str, name: str, label: str, options: list[dict], value: str) -> list:
    """live.js writes a changed value into the address under `name` (the class says which)."""
    known = value if value in [option["value"] for option in options] else options[0]["value"]
    return [html.Label([html.Span(label), dbc.Select(id=f"frame-{identity}", options=options, value=known, class_name=f"pick pick-{name}")],
                       className="picker", htmlFor=f"frame-{identity}")]


def _days(selection: Selection) -> list:
    picker = _picker("as_of", "Day", "Now", past.choices(), selection.as_of)
    return [html.P("Show the screens as they were on a past day:"), *picker] if picker else [html.P(past.NO_DAYS, className="quiet")]


def _user_menu(viewer: Viewer) -> html.Details:
    before = sessions.previous_sign_in(house().store, viewer)
    return html.Details([
        html.Summary(viewer.display_name),
        html.Div([
            html.P([html.Strong(viewer.role.capitalize()), html.Br(), html.Span(scope_words(viewer), className="quiet")]),
            html.P(f"Last sign-in {moment_in_words(before)}" if before else "First sign-in", className="quiet"),
            html.P(f"Training valid until {day(viewer.training_until)}", className="quiet") if viewer.training_until and not viewer.lapsed else None,
            html.Ul([html.Li(dcc.Link(words, href=href)) for words, href in _account_links(viewer)], className="menu-links"),
            html.Form([
                dcc.Input(type="hidden", name="csrf_token", value=csrf_token(), id="frame-csrf"),
                html.Button("Sign out", type="submit", className="btn btn-outline-primary"),
            ], method="post", action="/logout"),
        ], className="menu"),
    ], className="user-menu drop")


def _account_links(viewer: Viewer) -> list[tuple[str, str]]:
    if not viewer.may_open("account"):
        return []
    mine = [("Who looked at my panel", "/account?show=viewers")] if viewer.role in rules.PEOPLE else []
    return [*mine, ("My account and password", "/account")]


def scope_words(viewer: Viewer) -> str:
    """Whose people the viewer sees, in words."""
    if not viewer.scopes:
        return "No people assigned"
    reach = reach_of(viewer)
    names = {(place.kind, place.value): place.name for place in reach.places}
    clinicians = {row.clinician_npi: row.name for row in ask("clinician_names", viewer, clinicians=[v for k, v in viewer.scopes if k == "clinician"])}
    return ", ".join("Whole organization" if kind == "organization" else clinicians.get(value) if kind == "clinician" and value in clinicians
                     else names.get((kind, value)) or f"{kind.capitalize()} {value}" for kind, value in viewer.scopes)

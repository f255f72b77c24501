"""Cohorts on screens: the filter above a list, the lines of a cohort as a sentence, how a cohort stands in the measures."""

from collections import Counter

from dashboard.access.selection import address
from dashboard.components.elements import dbc, dcc, html
from dashboard.components.listing import listed
from dashboard.components.roll_up import counted, rate_words, title_of
from dashboard.components.states import empty
from dashboard.statistics import enough

EVERYBODY = "everybody"  # no cohort by this name: a choice without a value would show as blank


def cohort_filter(cohorts: list, chosen, path: str, kept: dict[str, str], build: str, clear: str) -> html.Div:
    """The choice of a cohort above a list, sent as an address. cohorts: those on offer; chosen: the one that limits the list, or None;
    kept: what else stands in the address; build, clear: addresses."""
    options = [{"value": EVERYBODY, "label": "Everybody"}] + [{"value": one.id, "label": one.title} for one in cohorts]
    if chosen and chosen.id not in {one.id for one in cohorts}:
        options.append({"value": chosen.id, "label": chosen.title})
    hidden = [dcc.Input(id=f"cohort-kept-{name}", type="hidden", name=name, value=value) for name, value in kept.items() if value not in ("", None)]
    pick = dbc.Select(id="cohort-choice", name="cohort", options=options, value=chosen.id if chosen else EVERYBODY)
    send = html.Button("Show", type="submit", className="btn btn-outline-primary")
    form = html.Form([*hidden, html.Label("Cohort", htmlFor="cohort-choice"), pick, send], method="get", action=path, className="cohort-filter")
    links = [*([dcc.Link("Everybody", href=clear, className="tap")] if chosen else []), dcc.Link("Build a cohort", href=build, className="tap")]
    return html.Div([form, html.Span(links, className="cohort-links")], className="cohort-bar")


def folded_filter(cohorts: list, chosen, path: str, kept: dict[str, str]) -> html.Details:
    """The choice of a cohort behind a line, on screens that first show everybody. kept: what else stands in the address of `path`."""
    build = address("/cohorts", who=chosen.who if chosen else "")
    choice = cohort_filter(cohorts, chosen, path, kept, build, address(path, **kept))
    return html.Details([html.Summary(f"Cohort: {chosen.title if chosen else 'everybody'}"), choice], className="folded")


def only_of(cohort, rest: str) -> html.P | None:
    """That a screen is limited to the cohort chosen, and what it still counts of everybody; nothing where none is chosen."""
    return html.P(["Only patients of the cohort ", html.Strong(cohort.title), f"; {rest}."]) if cohort else None


def whose(cohort, people: int) -> html.H1:
    """The heading of a screen that is limited to a cohort: how many people it has here."""
    return html.H1([html.Strong(f"{people:,}"), f" {'patient' if people == 1 else 'patients'} in the cohort: {cohort.title}"])


def standing(rows: list, cohort: str) -> html.Div:
    """Every measure that counts some people of a cohort, with the way to the people of each number. rows: of cohort_rates; cohort: its name in
    addresses."""
    if not rows:
        return empty("Nobody of this cohort counts in a measure of this plan and year.")
    often = Counter(row.title for row in rows)
    heads = [("Measure", ""), *((words, "number") for words in ("Patients who count", "Closed", "Share closed", "Open", "Likely done"))]
    return listed("How they stand", heads, [[
        f"{row.title} ({row.measure_id} {row.variant})" if often[row.title] > 1 else title_of(row), f"{row.people:,}",
        _people(row, "closed", row.closed_people, cohort), _share(row), _people(row, "open", row.open_people, cohort),
        _people(row, "likely", row.likely_people, cohort)] for row in rows])


def stands_in(row, cohort) -> html.P:
    """How a cohort stands in one measure, as a sentence. row: of cohort_rates, or None where none of them counts; cohort: the one chosen."""
    if row is None:
        return html.P(["Nobody of the cohort ", html.Strong(cohort.title), " counts in this measure."])
    closed, still_open, likely = ((_people(row, show, of, cohort.id), f" {words}") for show, of, words in (
        ("closed", row.closed_people, "closed"), ("open", row.open_people, "open"), ("likely", row.likely_people, "likely done")))
    share = rate_words(row.closed_people, row.people)
    return html.P(["Of the cohort ", html.Strong(cohort.title), f", {row.people:,} count: ", *closed, f" ({share}), ", *still_open, ", ", *likely,
                   ". All else on this screen is counted of everybody."])


def _share(row):
    return rate_words(row.closed_people, row.people) if enough(row.people) else html.Span("too few", className="quiet")


def _people(row, show: str, of: int, cohort: str):
    return counted(of, address("/measure/people", rate=row.slug, show=show, cohort=cohort))


def sentence(lines: list[tuple[str, str]]) -> html.Ol:
    """The lines of a cohort: (words, address without the line)."""
    return html.Ol([html.Li([html.Span(words), " ", dcc.Link(["Remove", html.Span(f" {words}", className="visually-hidden")], href=without)])
                    for words, without in lines], className="cohort-lines")

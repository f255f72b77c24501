"""Compare: groups, practices or clinicians in one measure, large enough ones by rate, the others told apart."""

import dash

from dashboard.access import current_viewer, rules
from dashboard.access.selection import Selection, address, current_selection
from dashboard.charts.bars import bars
from dashboard.cohorts.chosen import chosen, people_of
from dashboard.cohorts.saved import all_for
from dashboard.components.chart import chart
from dashboard.components.cohort import folded_filter, only_of
from dashboard.components.elements import dbc, dcc, html
from dashboard.components.findings import centre_of, funnel_finding
from dashboard.components.months import by_place, plan_key
from dashboard.components.places import named_places
from dashboard.components.roll_up import likely_words, points, rate_words, shown_numerator, title_of, too_few
from dashboard.components.states import COUNTS_ONLY, NO_PEOPLE, empty, note, told_line
from dashboard.components.words import count
from dashboard.given import choice
from dashboard.queries import ask
from dashboard.settings import contact
from dashboard.statistics import difference_interval, enough
from dashboard.web.form import form
from dashboard.web.forms import take_told

BY = {"group": "Groups", "practice": "Practices", "clinician": "Clinicians"}
COUNTS = ("denominator", "closed", "open_people", "likely_people")
ONE = {"group": "group", "practice": "practice", "clinician": "clinician"}


def layout(rate=None, by=None, same=None, cohort=None, **_):
    """The screen, of a cohort where one is chosen; URL = state. Same-store, only places that counted a year ago too, is on unless the address
    says no."""
    viewer = current_viewer("compare")
    cohort = chosen(viewer, cohort)
    rates = ask("rates", viewer, line="")
    if not rates:
        return html.Div([html.H1("Compare"), empty(NO_PEOPLE)], className="page")
    row = next((row for row in rates if row.slug == rate), None) or max(rates, key=lambda row: row.open_people)
    # One group alone compares with nobody: its practices do.
    by = choice(by, BY, "group" if len(ask("places", viewer, by="group", rate=row.slug)) > 1 else "practice")
    places = named_places(ask("places", viewer, by=by, rate=row.slug), row.better, names(viewer) if by == "clinician" else None)
    if cohort:
        return of_cohort(viewer, cohort, rates, row, by, places)
    months = by_place(ask("months", viewer, by=by, rate=row.slug, plan_key=plan_key(current_selection().contract)))
    same_store = same != "no" and by != "clinician"
    kept = (
        [place for place in places if not same_store or len(months.get(place.place, ())) > 1] if any(len(m) > 1 for m in months.values()) else places
    )
    switch = None if by == "clinician" else same_switch(row, by, same_store)
    return html.Div(
        [
            heading(row, kept, by),
            folded_filter(all_for(viewer), None, "/compare", current_selection().values() | {"rate": row.slug, "by": by}),
            controls(rates, row, by, switch, left_out=len(places) - len(kept)),
            *not_allowed(viewer, by),
            comparison(row, kept, by, months) if kept else empty("Nobody counts in this measure here."),
        ],
        className="page",
    )


def of_cohort(viewer, cohort, rates: list, row, by: str, places: list) -> html.Div:
    """Places by their patients of a cohort; months are told of everybody only."""
    people = people_of(viewer, cohort.who)
    counts = {one.place: one for one in ask("cohort_places", viewer, by=by, rate=row.slug, people=people)} if people else {}
    kept = [place._replace(**{name: getattr(counts[place.place], name) for name in COUNTS}) for place in places if place.place in counts]
    return html.Div([
        heading(row, kept, by),
        folded_filter(all_for(viewer), cohort, "/compare", current_selection().values() | {"rate": row.slug, "by": by}),
        only_of(cohort, "changes since a year ago are told of everybody"),
        controls(rates, row, by, None, left_out=0, cohort=cohort.id),
        *not_allowed(viewer, by),
        comparison(row, kept, by, None, cohort.id) if kept else empty("Nobody of this cohort counts in this measure here."),
    ], className="page")


def not_allowed(viewer, by: str) -> list:
    """Counts and no names of clinicians, and the way to ask for them; nothing for who sees them."""
    if by != "clinician" or rules.may_ask(viewer.role, "clinicians_by_name"):
        return []
    return [told_line(take_told()), note(f"{COUNTS_ONLY.format(whom=contact())} Names of clinicians are for the director of their group."),
            form("/account/request", "Request", "compare-request", [], {"page": "compare"})]


def names(viewer) -> dict[str, str]:
    """Names of clinicians for a director in the director's own groups; nobody's for all others."""
    if not rules.may_ask(viewer.role, "clinicians_by_name"):
        return {}
    return {row.place: row.name for row in ask("clinicians_by_name", viewer)}


def heading(row, places: list, by: str) -> html.H1:
    """How many can be compared at all."""
    large = sum(enough(place.denominator) for place in places)
    words = BY[by].lower() if large != 1 else ONE[by]
    return html.H1([html.Strong(f"{large:,}"), f" {words} large enough to compare: {title_of(row)}"])


def controls(rates: list, row, by: str, switch, left_out: int, cohort: str = "") -> html.Div:
    """What is compared, in which measure, of which cohort, and whether places that are new count (switch)."""
    options = [{"label": f"{title_of(one)} ({one.denominator:,})", "value": one.slug} for one in sorted(rates, key=title_of)]
    select = dbc.Select(id="compare-rate", options=options, value=row.slug, class_name="pick pick-rate")
    measure = html.Label([html.Span("Measure"), select], className="picker", htmlFor="compare-rate")
    note = html.Span(f"{count(left_out, 'place', 'places')} without earlier months left out", className="quiet") if left_out else None
    return html.Div([kinds(row, by, cohort), html.Div([measure, switch, note], className="controls")], className="filters")


def kinds(row, by: str, cohort: str) -> html.Nav:
    """Groups, practices or clinicians."""
    told = html.Span("shown: ", className="visually-hidden")
    links = [(words if key != by else [told, words], key) for key, words in BY.items()]
    return html.Nav(html.Ul([html.Li(dcc.Link(words, href=address("/compare", rate=row.slug, by=key, cohort=cohort),
                                              className="chip chosen" if key == by else "chip")) for words, key in links]),
                    className="chips", **{"aria-label": "Compare"})


def same_switch(row, by: str, on: bool) -> dcc.Link:
    """Places that are new since then change an average without anybody having changed."""
    shape = html.Span(className="shape closed" if on else "shape excluded", **{"aria-hidden": "true"})
    return dcc.Link([shape, f"Same {BY[by].lower()} as before only: {'on' if on else 'off'}"],
                    href=address("/compare", rate=row.slug, by=by, same="no" if on else None), className="chip")


def comparison(row, places: list, by: str, months: dict | None, cohort: str = "") -> html.Div:
    """Bars with intervals of those large enough, best first; those below the minimum unranked, by name. months: by place, None for a cohort."""
    large = sorted((place for place in places if enough(place.denominator)), key=lambda place: shown_numerator(place) / place.denominator,
                   reverse=row.better == "higher")
    small = sorted((place for place in places if not enough(place.denominator)), key=lambda place: place.name)
    return html.Div([ranked(row, large, by, months, cohort) if large else None, unranked(small) if small else None])


def ranked(row, places: list, by: str, months: dict | None, cohort: str) -> html.Figure:
    """The chart and its table."""
    centre = centre_of(places)
    counts = [(shown_numerator(place), place.denominator) for place in places]
    body = [[link(place, row, by, cohort), place.group_name if by != "group" else "", f"{pair[1]:,}", rate_words(*pair), likely_words(*pair),
             *([] if months is None else [change(months.get(place.place, []))])] for place, pair in zip(places, counts, strict=True)]
    figure = bars([(place.name, *pair) for place, pair in zip(places, counts, strict=True)], centre)
    headings = [ONE[by].capitalize(), "Group" if by != "group" else "", "Counted", "Rate", "Likely",
                *([] if months is None else ["Change since a year ago"])]
    return chart(funnel_finding(places, centre, BY[by].lower()), figure, headings, body, level=html.H2,
                 note="Bars end at the rate; the thin line is where it lies with 95 % confidence; the dotted line is all together.")


def unranked(places: list) -> html.Section:
    """Those with too few patients, by name."""
    return html.Section([html.H2(f"Too few to compare ({len(places):,})"), html.Ul([
        html.Li([html.Span(place.name), html.Span(f" {too_few(place.denominator)}", className="quiet")]) for place in places], className="few")])


def link(place, row, by: str, cohort: str):
    """A group or practice opens its measure."""
    if by == "clinician":
        return place.name
    chosen = current_selection()
    return (
        dcc.Link(place.name, href=Selection(by, place.place, chosen.contract, chosen.period).address("/measure", rate=row.slug, cohort=cohort))
        if place.place
        else place.name
    )


def change(months: list[tuple]) -> str:
    """+3.1 points since Nov 2025 (likely +0.4 to +5.8): against the same month of the year before, else the first month known."""
    if len(months) < 2:
        return "no earlier months"
    now = months[-1]
    then = next((month for month in months if (month[0].year, month[0].month) == (now[0].year - 1, now[0].month)), None)
    if then is None or not (enough(then[2]) and enough(now[2])):
        return "no such month a year ago" if then is None else "too few to compare"
    low, high = difference_interval(then[1:], now[1:])
    return f"{points(now[1] / now[2] - then[1] / then[2])} since {then[0]:%b %Y} (likely {100 * low:+.1f} to {100 * high:+.1f})"


dash.register_page(__name__, path="/compare", name="Compare", title="Compare - Huddleboard", layout=layout)

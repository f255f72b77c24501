"""My numbers: each measure of my own patients, how many more to a public target, my trend, where peers are. Private."""

from typing import NamedTuple

import dash

from dashboard.access import current_viewer
from dashboard.access.rules import may_write
from dashboard.access.selection import address, current_selection
from dashboard.cohorts.chosen import chosen, standing_of
from dashboard.cohorts.saved import all_for
from dashboard.components.cohort import folded_filter, standing, whose
from dashboard.components.elements import html
from dashboard.components.listing import listed
from dashboard.components.months import by_rate, of_newest_year, plan_key
from dashboard.components.roll_up import counted, goal_words, likely_words, missing_to_goal, per_cent, rate_of, shown_numerator, title_of, too_few
from dashboard.components.spark import spark
from dashboard.components.states import NO_PEOPLE, empty, note, told_line
from dashboard.components.words import count, sentence
from dashboard.house import house
from dashboard.queries import ask, ask_one
from dashboard.statistics import MIN_DENOMINATOR, enough
from dashboard.web.form import field, form
from dashboard.web.forms import take_told
from dashboard.worklog import targets
from dashboard.worklog.chosen import moment_shown

PEERS = 5  # fewer clinicians are no band: one could be picked out
HEADS = (("Measure", ""), ("My rate", ""), ("Target", ""), ("To target", "number"), ("My trend this year", ""), ("Peers' middle half", ""),
         ("Open", "number"))


def layout(cohort=None, **_):
    """The screen: fewest patients to a target first, then what is reached, then what has no public target, then what is too few to compare; of a
    cohort, where one is chosen, how it stands."""
    viewer = current_viewer("my_numbers")
    if cohort := chosen(viewer, cohort):
        return _of_cohort(viewer, cohort)
    patients = ask_one("panel_counts", viewer)
    if not patients.everyone:
        return html.Div([html.H1("My numbers"), empty(NO_PEOPLE)], className="page")
    rates, told = ask("rates", viewer, line=""), take_told()
    goals = {goal.slug: goal for goal in ask("goals", viewer, by="")} | _own(viewer, rates)
    if not rates:
        return html.Div([html.H1("My numbers"), empty("Not computed: none of your patients counts for this plan and year.")], className="page")
    months = by_rate(ask("months", viewer, by="", rate="", plan_key=plan_key(current_selection().contract)))
    peers = {row.rate_id: row for row in ask("peers", viewer, least=MIN_DENOMINATOR, peers=PEERS)}
    rows = sorted((row for row in rates if row.denominator), key=lambda row: _order(row, goals.get(row.slug)))
    lines = {row.slug: _line(viewer, row, goals.get(row.slug), months.get(row.slug, []), peers.get(row.rate_id)) for row in rows}
    return html.Div([
        told_line(told),
        _sentence(rows, goals, patients.due if current_selection().period is None else None),
        folded_filter(all_for(viewer), None, "/my-numbers", current_selection().values()),
        note("Only you see this page and the targets that you set; the others are public. Peers are clinicians of your specialty here, never named; "
             "the band is the middle half of them."),
        listed("My measures, fewest patients to a public target first", HEADS,
               [lines[row.slug] for row in rows if enough(row.denominator)], roomy=True),
        _few([lines[row.slug] for row in rows if not enough(row.denominator)]),
    ], className="page")


def _of_cohort(viewer, cohort) -> html.Div:
    people, rows = standing_of(viewer, cohort)
    return html.Div([whose(cohort, people), folded_filter(all_for(viewer), cohort, "/my-numbers", current_selection().values()),
                     note("Targets, months and peers are told of everybody."), standing(rows, cohort.id)], className="page")


def _few(lines: list):
    """What too few patients count in to say anything by a rate: the open ones still matter."""
    if not lines:
        return None
    words = [f"Fewer than {MIN_DENOMINATOR} patients: too few to compare ", html.Span(f"{len(lines):,}", className="quiet")]
    return html.Details([html.Summary(words), listed("Measures with too few patients to compare", HEADS, lines, roomy=True)], className="folded")


def _order(row, goal) -> tuple:
    missing = missing_to_goal(goal) if goal else 0
    place = 0 if missing and enough(row.denominator) else 1 if goal and enough(row.denominator) else 2 if enough(row.denominator) else 3
    return place, missing, row.harm, row.title


def _sentence(rows: list, goals: dict, due: int | None) -> html.H1:
    """The one number: patients to the nearest targets, of the measures that are compared; where none is, patients with something `due` now
    (None: not told of earlier years)."""
    left = [missing_to_goal(goals[row.slug]) for row in rows if row.slug in goals and enough(goals[row.slug].denominator)]
    short = [missing for missing in left if missing]
    if not left:
        return _too_few(due)
    if not short:
        return html.H1(["Every target that you have enough patients for is ", html.Strong("reached")])
    return html.H1([html.Strong(f"{sum(short):,}"), f" more {'patient' if sum(short) == 1 else 'patients'} to {_targets(len(short))}"])


def _too_few(due: int | None) -> html.H1:
    words = "too few count in any measure for a target"
    if due is None:
        return html.H1(sentence(words))
    return html.H1([html.Strong(f"{due:,}"), f" {'patient has' if due == 1 else 'patients have'} something due; {words}"])


def _targets(number: int) -> str:
    return "the target still open" if number == 1 else f"all {number} targets still open"


def _line(viewer, row, goal, months: list[tuple], peers) -> list:
    number = shown_numerator(row)
    likely = html.Div(f"likely {likely_words(number, row.denominator)}", className="quiet") if enough(row.denominator) else None
    return [
        title_of(row), [rate_of(number, row.denominator), likely], [_target(goal), _set(viewer, row, goal)],
        _missing(goal), _trend(row, months), _band(row, peers),
        counted(row.open_people, address("/measure/people", rate=row.slug, show="open")),
    ]


class Own(NamedTuple):
    """A target that the clinician set, as a row of goals: it counts in the patients of the rate beside it."""
    slug: str
    title: str
    better: str
    goal: float
    denominator: int
    closed: int
    open_people: int
    product_line: str = ""
    level: str = "my own"


def _own(viewer, rates: list) -> dict[str, Own]:
    """The viewer's own targets, of the rates that are shown."""
    mine = targets.of(house().store, viewer, moment_shown(viewer))
    return {row.slug: Own(row.slug, row.title, row.better, mine[row.slug], row.denominator, row.closed, row.open_people)
            for row in rates if row.slug in mine and row.denominator}


def _set(viewer, row, goal):
    """The form of an own target: offered where there are patients enough to compare."""
    if not enough(row.denominator) or not may_write(viewer.role, "target"):
        return None
    own = isinstance(goal, Own)
    words = "Change my target" if own else "Set my own"
    value = f"{100 * goal.goal:g}" if own else ""
    hint = "Per cent, empty for none" if own else f"Per cent, at {'most' if row.better == 'lower' else 'least'}"
    sent = form(address("/my-numbers/target"), "Save", f"target-{row.slug}", [
        field("target", hint, value=value, need=False, owner=f"target-{row.slug}")], {"rate": row.slug})
    return html.Details([html.Summary([words, html.Span(f": {row.title}", className="visually-hidden")]), sent], className="twin own-target")


def _target(goal):
    return goal_words(goal) if goal else html.Span("no public target", className="quiet")


def _missing(goal):
    if goal is None:
        return ""
    if not enough(goal.denominator):
        return html.Span(_too_few_of(goal), className="quiet")
    missing = missing_to_goal(goal)
    return html.Strong(count(missing, "more patient", "more patients")) if missing else "reached"


def _too_few_of(goal) -> str:
    """A Star target speaks of Medicare only: the patients it counts are fewer than those of the rate beside it."""
    return f"{goal.denominator:,} of them in {goal.product_line.capitalize()}: too few" if goal.product_line else too_few(goal.denominator)


def _trend(row, months: list[tuple]):
    """The rate as it is counted, of the months of this measurement year; a line of too few patients would only jump."""
    points = [(day, 100 * numerator / denominator) for day, numerator, denominator in of_newest_year(months)]
    return spark(points, f"{row.title}, per cent") if len(points) > 2 and enough(row.denominator) else ""


def _band(row, peers):
    if peers is None or not enough(row.denominator):
        return html.Span("too few to compare", className="quiet")
    low, high = (1 - peers.high, 1 - peers.low) if row.better == "lower" else (peers.low, peers.high)
    mine = row.closed / row.denominator
    where = "below" if mine < peers.low else "above" if mine > peers.high else "within"
    better = {"below": "behind", "above": "ahead", "within": "within"}[where]
    return [f"{100 * low:.0f} to {per_cent(high)}, {better}", html.Div(f"{peers.peers} peers", className="quiet")]


dash.register_page(__name__, path="/my-numbers", name="My numbers", title="My numbers - Huddleboard", layout=layout)

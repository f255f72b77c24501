"""How the course stands: what Course and the board pack show of rates, goals and months."""

from dataclasses import dataclass, field

from dashboard.access.selection import address, current_selection
from dashboard.components.change import is_told, parts_in_short
from dashboard.components.elements import dcc, html
from dashboard.components.findings import widest
from dashboard.components.listing import listed
from dashboard.components.months import by_rate, change_words, last_change, plan_key, year_end, year_end_words
from dashboard.components.plan_rates import apart as apart_from_ours
from dashboard.components.plan_rates import marker
from dashboard.components.roll_up import basis_words, bound_words, counted, missing_to_goal, out_of_reach, rate_of, shown_numerator
from dashboard.queries import ask
from dashboard.statistics import to_goal


@dataclass(frozen=True)
class Known:
    """What the screen asked for: rates by slug, rows of goals, months by plan key and slug, subgroups by slug, splits as months, rows of
    plan_rates that lie apart from ours."""

    rates: dict
    goals: list
    months: dict
    subgroups: dict = field(default_factory=dict)
    splits: dict = field(default_factory=dict)
    plans: list = field(default_factory=list)

    @property
    def with_months(self) -> bool:
        """Whether any goal has a month before this one."""
        return any(len(self.of_goal(goal)) > 1 for goal in self.goals)

    def of_goal(self, goal) -> list[tuple]:
        """Months of the plan key under which a goal holds."""
        return self.months.get(goal.plan_key, {}).get(goal.slug, [])


def ask_all(viewer) -> Known:
    """Everything the screen shows, in a handful of questions."""
    goals = ask("goals", viewer, by="")
    own = plan_key(current_selection().contract)
    keys = sorted({own, *(goal.plan_key for goal in goals)})
    months = {key: by_rate(ask("months", viewer, by="", rate="", plan_key=key)) for key in keys}
    splits = {key: {row.slug: row for row in ask("change_split", viewer, rate="", plan_key=key)} for key in keys}
    subgroups: dict[str, list] = {}
    for row in ask("subgroups", viewer, rate=""):
        subgroups.setdefault(row.slug, []).append(row)
    plans = [row for row in ask("plan_rates", viewer) if apart_from_ours(row)]
    return Known({row.slug: row for row in ask("rates", viewer, line="")}, goals, months, subgroups, splits, plans)


def closing(known: Known, goal) -> int:
    """Of the patients who are missing to a goal, how many will close by the end of the year at today's pace."""
    missing, ahead = missing_to_goal(goal), year_end(known.of_goal(goal))
    if ahead is None:
        return 0
    then = round(ahead.value * goal.denominator)
    return min(goal.closable, max(0, missing - to_goal(then, goal.denominator, goal.goal, goal.better)))


def heading(known: Known) -> list:
    """1,140 patients from target; at today's pace 610 will close by 31 December."""
    if not known.goals:
        number = sum(row.open_people for row in known.rates.values())
        return [html.H1([html.Strong(f"{number:,}"), " gaps open", html.Span(", no public target for these plans", className="quiet")])]
    missing = sum(missing_to_goal(goal) for goal in known.goals)
    if not any(year_end(known.of_goal(goal)) for goal in known.goals):
        return [
            html.H1(
                [
                    html.Strong(f"{missing:,}"),
                    f" {'patient' if missing == 1 else 'patients'} from target",
                    html.Span("; too few months known to say where the year ends", className="quiet"),
                ]
            )
        ]
    close = sum(closing(known, goal) for goal in known.goals)
    return [
        html.H1(
            [
                html.Strong(f"{missing:,}"),
                f" {'patient' if missing == 1 else 'patients'} from target; at today's pace {close:,} will close by 31 December",
            ]
        ),
        pace_bar(missing, close),
    ]


def apart(known: Known, of_practices: list) -> html.P | None:
    """Why Practices says more: there each practice is to reach each goal by itself."""
    together, alone = (sum(missing_to_goal(goal) for goal in goals) for goals in (known.goals, [goal for goal in of_practices if goal.place]))
    if alone == together:
        return None
    return html.P(["Counted for all practices together. Each practice by itself to each goal: ", dcc.Link(f"{alone:,}", href=address("/practices")),
                   ", as one above a goal does not make up for one below."], className="quiet")


def pace_bar(missing: int, close: int) -> html.Div:
    """What will close and what will not, as a bar with its words."""
    part = 100 * close / missing if missing else 100
    return html.Div(
        [
            html.Div(html.Div(style={"width": f"{part:.0f}%"}), className="pace-track", **{"aria-hidden": "true"}),
            html.P([f"{close:,} close at today's pace, ", html.Strong(f"{missing - close:,} need more than that")]),
        ],
        className="pace",
    )


def goals_table(known: Known) -> html.Table:
    """One row a measure with a goal, what would gain most first."""
    rows = sorted(known.goals, key=lambda goal: (-missing_to_goal(goal) * (goal.weight or 1), goal.title))
    of_all = ", all plans" if current_selection().contract is None else ""
    heads = [("Measure", ""), ("Rate", "number"), ("Goal", "short"), ("To goal", "number"),
             *([("Year end", "short"), ("Since last month", "number")] if known.with_months else []),
             ("Likely done", "number"), ("Weight", "number"), (f"Patient groups furthest apart{of_all}", "wide")]
    return listed("Measures with a public goal, what would gain most first", heads, [_goal_line(known, goal) for goal in rows], roomy=True)


def _goal_line(known: Known, goal) -> list:
    months, missing = known.of_goal(goal), missing_to_goal(goal)
    line = goal.product_line if current_selection().contract is None else ""

    def people(show, number, words=""):
        return counted(number, address("/measure/people", rate=goal.slug, show=show, line=line), words)

    return [
        [dcc.Link(goal.title, href=address("/measure", rate=goal.slug)), *markers(known, goal.slug, goal.product_line)],
        rate_of(shown_numerator(goal), goal.denominator),
        [bound_words(goal), html.Br(), html.Span(basis_words(goal), className="quiet")],
        [f"{missing:,}" if missing else "reached", html.Br(), people("open", goal.open_people, "\N{NO-BREAK SPACE}open"),
         html.Div(out_of_reach(goal), className="quiet") if out_of_reach(goal) else None],
        *([year_end_words(months), change_link(goal, months, known.splits.get(goal.plan_key, {}).get(goal.slug))] if known.with_months else []),
        people("likely", goal.likely_people),
        f"{goal.weight:g}" if goal.weight else "",
        widest(known.subgroups.get(goal.slug, ()), goal.better),
    ]


def markers(known: Known, slug: str, product_line: str = "") -> list:
    """Where a plan's own list says another rate, by more than 2 points: one click from who the difference is."""
    return [html.Div(marker(row)) for row in known.plans if row.slug == slug and product_line in ("", row.product_line)]


def change_link(goal, months: list[tuple], split):
    """Whether the change is real, in parts, and more of it one click away."""
    if last_change(months) is None:
        return ""
    parts = html.Div(parts_in_short(split), className="quiet") if is_told(split) else None
    return [dcc.Link(change_words(months), href=address("/measure", rate=goal.slug)), parts]

"""What if so many more were closed: the rate that comes of it, and which public cut point it reaches. The address is the state."""

from typing import NamedTuple

import dash

from dashboard.access import current_viewer
from dashboard.access.selection import address, current_selection
from dashboard.components.cut_points import bound, following, level_words, of_rate, reached, whose
from dashboard.components.elements import dcc, html
from dashboard.components.listing import listed
from dashboard.components.roll_up import missing_to_goal, per_cent, rate_of, title_of
from dashboard.components.states import empty
from dashboard.components.words import count
from dashboard.given import whole
from dashboard.queries import ask
from dashboard.statistics import enough

MORE = "more-"  # what stands before the slug of a rate in the address
MOST = 1_000_000
CHANGE = ("Cut points may change: they are set anew each year, after the year is over. They judge a plan's contract with all its members; here they "
          "are held against the patients shown. No stars of a plan follow from it, and no money: no public source says what a gap pays.")


class Line(NamedTuple):
    """A rate of the table: its row (of goals, or of rates where it has no cut point), how many more are closed, its cut points."""
    row: object
    more: int
    points: list

    @property
    def most(self) -> int:
        """How many can still close this year."""
        return self.row.closable if self.points else self.row.open_people + self.row.likely_people + self.row.later_people

    @property
    def added(self) -> int:
        """How many more of them are closed: no more than can be."""
        return min(self.more, self.most)

    def numerator(self, more: int = 0) -> int:
        """What the rate counts when so many more are closed."""
        closed = self.row.closed + more
        return self.row.denominator - closed if self.row.better == "lower" else closed

    def level(self, more: int = 0):
        """The cut point reached when so many more are closed."""
        return reached(self.points, self.numerator(more), self.row.denominator, self.row.better)


def layout(**given):
    """The form and what comes of it."""
    viewer = current_viewer("what_if")
    goals, cuts = ask("goals", viewer, by=""), ask("cut_points", viewer)
    lines = [Line(goal, _more(given, goal.slug), of_rate(cuts, goal.slug, goal.product_line)) for goal in goals]
    named = {goal.slug for goal in goals}
    rest = [Line(row, _more(given, row.slug), []) for row in ask("rates", viewer, line="") if row.slug not in named]
    if not lines and not rest:
        return html.Div([html.H1("What if"), empty("Nobody counts in any measure here, so nothing can be tried.")], className="page")
    lines.sort(key=lambda line: (-missing_to_goal(line.row) * (line.row.weight or 1), line.row.title))
    rest.sort(key=lambda line: -line.row.open_people)
    return html.Div([
        html.P(dcc.Link("Back to Course", href=address("/course")), className="back"),
        heading(lines, rest),
        html.P([f"Cut points: {whose(cuts)}. " if lines else "No public cut point holds for these plans. ", CHANGE], className="note"),
        ways(lines),
        form(lines, rest),
    ], className="page")


def _more(given: dict, slug: str) -> int:
    return whole(given.get(f"{MORE}{slug}"), 0, MOST)


def heading(lines: list, rest: list) -> html.H1:
    """17 more closed in 2 measures: 1 reaches a higher cut point."""
    tried = [line for line in [*lines, *rest] if line.added]
    if not tried:
        return html.H1([html.Strong("0"), " more closed: say how many, and see what comes of it"])
    total = sum(line.added for line in tried)
    higher = sum(line.points != [] and enough(line.row.denominator) and line.level(line.added) is not line.level() for line in tried)
    found = f"{higher:,} {'reaches' if higher == 1 else 'reach'} a higher cut point" if higher else "none reaches another cut point"
    return html.H1([html.Strong(f"{total:,}"), f" more closed in {count(len(tried), 'measure', 'measures')}: {found}"])


def ways(lines: list) -> html.P | None:
    """Whole answers in one click: the next cut point of each measure, every public goal, nothing."""
    if not lines:
        return None
    ahead = {line.row.slug: step[1] for line in lines if enough(line.row.denominator)
             and (step := following(line.points, line.numerator(), line.row.denominator, line.row.better)) and step[1] <= line.most}
    goal = {line.row.slug: min(missing_to_goal(line.row), line.most) for line in lines if missing_to_goal(line.row)}
    return html.P([dcc.Link(words, href=address("/what-if", **{f"{MORE}{slug}": number for slug, number in numbers.items()}), className="chip")
                   for words, numbers in (("Next cut point of each", ahead), ("4 stars of each, as far as can be", goal), ("Begin anew", {}))],
                  className="chips-line")


def form(lines: list, rest: list) -> html.Form:
    """The numbers, sent as an address."""
    kept = [dcc.Input(type="hidden", name=name, value=value, id=f"what-if-{name}") for name, value in current_selection().values().items()]
    tables = [html.H2("Measures with public cut points"), table("Measures with public cut points", lines)] if lines else []
    if rest:
        words = "Measures without a public cut point"
        tables.append(html.Details([html.Summary(f"{words} ({len(rest):,})"), table(words, rest)], className="folded",
                                   open=not lines or any(line.added for line in rest)))
    button = html.Button("Show what comes of it", type="submit", className="btn btn-primary")
    return html.Form([*kept, html.P(button), *tables, html.P(button)], method="get", action="/what-if", className="what-if")


def table(caption: str, lines: list) -> html.Table:
    """One row a rate."""
    with_points = any(line.points for line in lines)
    heads = [("Measure", ""), ("Now", ""), ("Close more", ""), ("Then", ""), *([("Cut point", "")] if with_points else [])]
    return listed(caption, heads, [[dcc.Link(title_of(line.row) if hasattr(line.row, "variant") else line.row.title,
                                             href=address("/measure", rate=line.row.slug)),
                                    _now(line), _field(line), _then(line), *([_cut(line)] if with_points else [])] for line in lines], roomy=True)


def _now(line: Line) -> list:
    row = line.row
    whose_plans = f", {row.product_line.capitalize()}" if line.points and row.product_line and current_selection().contract is None else ""
    return [rate_of(line.numerator(), row.denominator), html.Span(whose_plans, className="quiet")]


def _field(line: Line) -> list:
    name = f"{MORE}{line.row.slug}"
    return [html.Div([html.Label(html.Span(f"Close so many more: {line.row.title}", className="visually-hidden"), htmlFor=f"what-if-{name}"),
                      dcc.Input(id=f"what-if-{name}", name=name, type="text", inputMode="numeric", pattern="[0-9]*", autoComplete="off",
                                value=str(line.more) if line.more else "", placeholder="0", className="form-control")], className="field"),
            html.Div(f"of {line.most:,} that can still close", className="quiet")]


def _then(line: Line):
    if not line.added:
        return ""
    if not enough(line.row.denominator):
        return "too few for a rate"
    capped = html.Div(f"counted with {line.added:,}: no more can close this year", className="late") if line.more > line.most else None
    return [html.Strong(per_cent(line.numerator(line.added) / line.row.denominator, 1)), capped]


def _cut(line: Line):
    row = line.row
    if not line.points:
        return "no public cut point"
    if not enough(row.denominator):
        return ""
    before, after = line.level(), line.level(line.added)
    told = level_words(before, line.points)
    if after is not before:
        told = [f"{told} \N{RIGHTWARDS ARROW} ", html.Strong(f"{level_words(after, line.points)} ({bound(after, row.better)})")]
    step = following(line.points, line.numerator(line.added), row.denominator, row.better)
    ahead = f"{step[1]:,} more to {step[0].level} ({bound(step[0], row.better)})" if step else "the highest"
    return [html.Div(told), html.Div(ahead, className="quiet")]


dash.register_page(__name__, path="/what-if", name="What if", title="What if - Huddleboard", layout=layout)

"""A plan's own list beside ours, in words: rows of the page query plan_rates."""

from dashboard.access.selection import Selection, current_selection
from dashboard.components.elements import dcc
from dashboard.components.roll_up import per_cent, points, rate_words, shown_numerator
from dashboard.components.words import day
from dashboard.patient_files import row_of
from dashboard.statistics import enough

APART = 0.02  # a difference of more than so much is worth a look


def plan_numerator(row) -> int:
    """What the plan's rate counts, as shown_numerator does of ours."""
    return row.plan_denominator - row.plan_closed if row.better == "lower" else row.plan_closed


def difference(row) -> float | None:
    """The plan's rate minus ours, as a fraction; None where either counts too few."""
    if not (enough(row.plan_denominator) and enough(row.denominator)):
        return None
    return plan_numerator(row) / row.plan_denominator - shown_numerator(row) / row.denominator


def apart(row) -> bool:
    """Whether the two rates differ by more than 2 points."""
    moved = difference(row)
    return moved is not None and round(abs(moved), 9) > APART


def plan_words(row) -> str:
    """62 % of 138: by the plan's list."""
    words = rate_words(plan_numerator(row), row.plan_denominator)
    return f"{words} of\N{NO-BREAK SPACE}{row.plan_denominator:,}" if enough(row.plan_denominator) else words


def marker(row) -> dcc.Link:
    """Golden Hills Medicare Dual says 58 % (+4.1 points): the way to who the difference is."""
    rate = per_cent(plan_numerator(row) / row.plan_denominator)
    return dcc.Link(f"{row.plan} says {rate} ({points(difference(row))})", href=of_plan(row).address("/reconcile", rate=row.slug), className="apart")


def of_plan(row) -> Selection:
    """What the top bar selects, with the row's plan."""
    chosen = current_selection()
    return Selection(chosen.kind, chosen.value, row.contract, chosen.period)


def why_uncounted(row) -> list[str]:
    """Why we do not count a row of plan_differences, in the words of the patient's page: lines of the measure that do not hold, or exclusions that
    do, each with its newest fact and the row of the file that says so; or that the plan never enrolled the patient on file."""
    if row.status is None and not row.uncounted:
        return [f"No enrolment with this plan is on file; {f'now with {row.plans}' if row.plans else 'nor with another today'}."]
    return [_why(line) for line in row.uncounted]


def _why(line: dict) -> str:
    on_date = f": {day(line['on_date'])}" if line["on_date"] else ""
    source = f", from {line['data_source']}, {line['file_name']} row {row_of(line['fact']):,}" if line["file_name"] else ""
    return f"{line['text']}{on_date}{source}"

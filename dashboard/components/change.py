"""The change of a rate since an earlier month, split: a sentence and its table. Definitions: queries/page/change_split.sql."""

from dashboard.components.elements import html
from dashboard.components.roll_up import per_cent, points, too_few
from dashboard.components.table import table
from dashboard.components.words import count, day
from dashboard.statistics import enough

PARTS = (("care", "Care"), ("churn", "Who counts"), ("rules", "Rules"), ("late", "Late data"))
MEANS = {
    "care": "The same patients: what was done, or left undone, since then.",
    "churn": "Patients who count now and did not then, or the other way round: enrolled, left, moved, older, newly diagnosed.",
    "rules": "What the measure asks for changed.",
    "late": "The same patients: services of before that came in since, or were taken back.",
}


def is_told(row) -> bool:
    """Whether a row of change_split has enough patients at both moments for a rate."""
    return row is not None and enough(row.denominator) and enough(row.denominator_then)


def parts_in_short(row) -> str:
    """care +2.0, late data -0.4: the parts that show when rounded; '' when none does."""
    shown = [(words, getattr(row, name)) for name, words in PARTS]
    return ", ".join(f"{words.lower()} {100 * value:+.1f}" for words, value in shown if abs(value) >= 0.0005)


def change(row, level=html.H2):
    """row: of the page query change_split, or None. A finding in words and the parts as a table."""
    if row is None:
        return html.Section([level("No change to split yet"),
                             html.P("What moved a rate is told once two months of a year are known.", className="quiet")])
    if not is_told(row):
        return html.Section([level(f"Since {day(row.as_of)}: too few to compare"),
                             html.P(too_few(min(row.denominator, row.denominator_then)), className="quiet")])
    largest = max(PARTS, key=lambda part: abs(getattr(row, part[0])))
    told = f"mostly {largest[1].lower()}" if abs(row.change) >= 0.0005 else "the parts cancel out" if parts_in_short(row) else "nothing moved"
    body = [[[words, html.Div(MEANS[name], className="quiet")], f"{100 * getattr(row, name):+.1f}", _who(row, name)] for name, words in PARTS]
    body.append(["Together", f"{100 * row.change:+.1f}",
                 f"{_rate(row, row.closed_then, row.denominator_then)} then, {_rate(row, row.closed, row.denominator)} now"])
    return html.Section([
        level(f"{points(row.change)} since {day(row.as_of)}: {told}"),
        html.P(f"{count(row.staying, 'counts', 'count')} at both moments. The parts add up to the whole.", className="quiet"),
        table(f"Change since {day(row.as_of)}, split", ["Part", "Points", "Counted"], body, numbers=(1,)),
    ])


def _rate(row, closed: int, denominator: int) -> str:
    return per_cent((denominator - closed if row.better == "lower" else closed) / denominator, 1)


def _who(row, name: str) -> str:
    if name == "churn":
        return f"{row.joined:,} came, {row.gone:,} went"
    closed, opened = getattr(row, f"{name}_closed"), getattr(row, f"{name}_opened")
    moved = f", {row.rules_joined:,} let in, {row.rules_gone:,} let out" if name == "rules" and row.rules_joined + row.rules_gone else ""
    return f"{closed:,} closed, {opened:,} open again{moved}"

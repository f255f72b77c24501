"""A rate by race, ethnicity and language: who has too few is in the table and in no chart."""


from dashboard.charts.bars import bars
from dashboard.components.chart import chart
from dashboard.components.elements import html
from dashboard.components.findings import equity_finding
from dashboard.components.roll_up import ASPECTS, counted, per_cent, rate_words, shown_numerator, subgroup_words
from dashboard.components.table import table
from dashboard.statistics import enough, wilson


def equity(row, found: list, address) -> html.Section | None:
    """Race, ethnicity and language: bars with interval and n, one chart each. row: of `rates`; found: rows of `subgroups`; address: makes links."""
    parts = []
    for aspect, words in ASPECTS.items():
        kept = sorted((one for one in found if one.aspect == aspect), key=lambda one: -one.denominator)
        if kept:
            parts.append(_aspect(row, aspect, words, kept, address))
    return html.Section([html.H2("For whom"), html.Div(parts, className="triple")]) if parts else None


def _aspect(row, aspect: str, words: str, kept: list, address) -> html.Figure:
    body = [
        [
            subgroup_words(aspect, one.value),
            rate_words(shown_numerator(one), one.denominator),
            counted(one.people, address("/measure/people", rate=row.slug, show="all", aspect=aspect, value=one.value or "")),
            "{:.0f} to {:.0f} %".format(*(100 * end for end in wilson(shown_numerator(one), one.denominator))) if enough(one.denominator) else "",
        ]
        for one in kept
    ]
    small = [one for one in kept if not enough(one.denominator)]
    told = sum(one.told_directly for one in kept) / max(1, sum(one.people for one in kept))
    source = f"{per_cent(told)} told by the person, the rest estimated or not told how. " if aspect != "language" else "As the source sends it. "
    left_out = f"{len(small)} with too few to compare, in the table." if small else ""
    whole = shown_numerator(row) / row.denominator if row.denominator else None
    figure = bars([(subgroup_words(aspect, one.value), shown_numerator(one), one.denominator) for one in kept], whole)
    if len(kept) - len(small) < 2:
        return html.Figure([html.H3(equity_finding(kept, aspect)), table(words, [words, "Rate", "Patients", "Likely"], body)], className="chart")
    note = f"{source}{left_out} The dotted line is everybody."
    return chart(equity_finding(kept, aspect), figure, [words, "Rate", "Patients", "Likely"], body, note=note)

"""A gap of one patient, with its reasons step by step down to the file and row they came from."""

from itertools import groupby

from dash import html

from dashboard.components.status import status_word, tick
from dashboard.components.words import day, number, sentence

# What the machine says of a nearest miss -> what a physician reads.
MISS = {
    "too early": "too long ago to count",
    "too late": "too late to count",
    "value out of range": "value out of range",
    "no value": "no result came with it",
    "not yet counted": "not counted yet",
}


def gap(row, steps: list, *, opened: bool = False) -> html.Details:
    """row: a row of patient_gaps; steps: its rows of patient_steps, in order."""
    rates = [list(group) for _, group in groupby(steps, key=lambda step: step.rate_id)]
    return html.Details([
        html.Summary([status_word(row.status), html.Span(row.title, className="gap-title"), _last_day(row), _in_short(row, steps)]),
        html.Div([_counted(row), *[part for rate in rates for part in _rate(rate, titled=len(rates) > 1)], _action(row)], className="gap-body"),
    ], className="gap", open=opened)


def _last_day(row):
    if row.status == "open_due_soon":
        return html.Span(f"last day {day(row.last_day)}", className="gap-day urgent")
    if row.status == "open" and row.last_day:
        return html.Span(f"until {day(row.last_day)}", className="gap-day")
    return html.Span(f"for {day(row.unit_date)}" if row.unit_date else "", className="gap-day")


def _in_short(row, steps: list) -> html.Span:
    """The one fact that says most: the nearest miss of an open gap, what closed a closed one, what excluded the rest."""
    misses = [step for step in steps if step.why and step.on_date]
    found = [step for step in steps if not step.why and step.on_date and step.role == {"closed": "numerator"}.get(row.status, "exclusions")]
    if row.standing <= 2:
        text = f"{_fact(misses[0])}: {MISS.get(misses[0].why, misses[0].why)}" if misses else "Nothing found yet"
        return html.Span(text, className="gap-short")
    return html.Span(_fact(found[0]) if found else "", className="gap-short")


def _fact(step) -> str:
    value = number(step.value)
    return f"{value} on {day(step.on_date)}" if value else f"On {day(step.on_date)}"


def _counted(row) -> html.P:
    how = f"plan enrolment ({row.variant}-style)" if row.by_enrolment else f"visits ({row.variant}), since no plan enrolment is known"
    return html.P([f"Counted by {how}.", " Only the chart can close this one." if row.chart_only else ""], className="quiet")


def _rate(steps: list, titled: bool) -> list:
    parts = [html.H4(sentence(steps[0].title))] if titled else []
    return parts + [block for role in (_belongs, _not_excluded, _needed) for block in role(steps)]


def _clauses(steps: list, *roles: str) -> list[list]:
    return [list(group) for _, group in groupby((s for s in steps if s.role in roles), key=lambda step: step.clause)]


def _belongs(steps: list) -> list:
    clauses = _clauses(steps, "initial_population", "denominator")
    return [html.H5("In this measure because"), html.Ul([_clause(clause, True) for clause in clauses], className="clauses")] if clauses else []


def _not_excluded(steps: list) -> list:
    clauses = _clauses(steps, "exclusions", "exceptions")
    holding = [clause for clause in clauses if clause[0].met]
    if holding:
        return [html.H5("Does not apply because"), html.Ul([_clause(clause, True) for clause in holding], className="clauses")]
    if not clauses:
        return []
    names = "; ".join(_lower(clause[0].text) for clause in clauses)
    return [html.H5("Not excluded"), html.Ul([html.Li([tick(True), html.Span(f"Nothing found of: {names}.")])], className="clauses")]


def _lower(text: str) -> str:
    return text if text[:2].isupper() else text[:1].lower() + text[1:]


def _needed(steps: list) -> list:
    clauses = _clauses(steps, "numerator")
    if not clauses:
        return []
    if steps[0].better == "lower":
        heading = "Counts against you when"
        return [html.H5(heading), html.Ul([_clause(clause, not clause[0].met, inverse=True) for clause in clauses], className="clauses")]
    heading = "Needed, any one of" if len(clauses) > 1 else "Needed"
    return [html.H5(heading), html.Ul([_clause(clause, clause[0].met) for clause in clauses], className="clauses")]


def _clause(clause: list, good: bool | None, inverse: bool = False) -> html.Li:
    evidence = [_evidence(step) for step in clause if step.on_date]
    if not evidence and clause[0].role == "numerator" and not clause[0].met and not inverse:
        evidence = [html.Div("None found.", className="evidence")]
    return html.Li([tick(good), html.Div([html.Span(sentence(clause[0].text)), *evidence])])


def _evidence(step) -> html.Div:
    words = [html.Span(f"Found {_fact(step)[:1].lower()}{_fact(step)[1:]}" if not step.value else f"Found {_fact(step)}")]
    if step.why:
        words.append(html.Strong(f": {MISS.get(step.why, step.why)}"))
    if step.file_name:
        words.append(html.Span(f" {step.data_source}, {step.file_name} row {step.row_number:,}", className="source"))
    return html.Div(words, className="evidence")


def _action(row):
    if row.standing > 3 or not row.action:
        return None
    return html.Div([html.H5("To close"), html.P(sentence(row.action), className="action")])

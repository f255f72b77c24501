"""A gap of one patient, with its reasons step by step down to the file and row they came from."""

from itertools import groupby
from math import floor

from dashboard.components.elements import html
from dashboard.components.status import WORDS, status_word, tick
from dashboard.components.words import day, number, reading, sentence

# What the machine says of a nearest miss -> what a physician reads.
MISS = {
    "too early": "too long ago to count",
    "too late": "too late to count",
    "value out of range": "value out of range",
    "no value": "no result came with it",
    "not yet counted": "billed, but the claim does not count yet: do not repeat it",
    "under way": "carried out or sample taken, result or claim not in yet: do not repeat it",
    "does not count alone": "not enough by itself",
}
CODES_SHOWN = 8
WORK_LEFT = 4  # standings up to this one (open now, open, likely done, not due yet) still ask for something


def gap(row, steps: list, *, opened: bool = False, short: str = "", answer=None) -> html.Details:
    """row: a row of patient_gaps; steps: its rows of patient_steps, in order. short: what an answer says in the place of the one fact; answer: the
    answer and the buttons, under the reasons."""
    rates = [list(group) for _, group in groupby(steps, key=lambda step: step.rate_id)]
    summary = [status_word(row.status), html.Span(_title(row), className="gap-title"), _last_day(row), _action(row), _in_short(row, steps, short),
               html.Span("Why", className="gap-why")]
    reasons = [part for rate in rates for part in _rate(rate, titled=len(rates) > 1)]
    return html.Details([html.Summary(summary), html.Div([answer, _counted(row), *reasons], className="gap-body")], className="gap", open=opened)


def _title(row) -> str:
    return f"{row.title}, {day(row.unit_date)}" if row.unit and row.unit_date else row.title


def _last_day(row):
    if row.status == "open_due_soon":
        return html.Span(f"last day {day(row.last_day)}", className="gap-day urgent")
    return html.Span(f"by {day(row.last_day)}" if row.status == "open" and row.last_day else "", className="gap-day")


def _action(row):
    return html.Span(sentence(row.action), className="gap-action") if row.standing <= WORK_LEFT and row.action else None


def _in_short(row, steps: list, answered: str) -> html.Span:
    """What an answer changed, else the one fact that says most: what came nearest to closing an open gap, what closed or excluded the rest."""
    if answered:
        return html.Span(answered, className="gap-short told-of")
    role = "exclusions" if row.status == "excluded" else "numerator"
    covered = next((_covered(step) for step in steps if step.status == row.status and step.role == role and step.covered is not None), "")
    if covered:
        return html.Span(covered, className="gap-short")
    told = [step for step in steps if step.status == row.status and step.role == role and step.on_date and (step.met or step.why)]
    if told:
        newest = max(told, key=lambda step: (step.on_date, step.why == "value out of range"))
        fact = _fact(newest, reading(_values_of(newest, steps))) or f"Last on {day(newest.on_date)}"
        return html.Span(sentence(fact) + _miss(newest), className="gap-short")
    return html.Span("Nothing found yet" if row.standing < WORK_LEFT else "", className="gap-short")


def _values_of(newest, steps: list) -> set:
    """The values of a fact: of a blood pressure out of range both, though one of the two is in range and says no why."""
    return {step.value for step in steps if step.on_date == newest.on_date and step.role == newest.role and step.clause == newest.clause
            and (step.met or step.why or newest.why == "value out of range")}


def _fact(step, value: str) -> str:
    """9.4 on 12 Feb 2026; of a drug its supply, of what days are counted for their number; '' without a value, or where that is not what is wrong."""
    if not value or not (step.why in (None, "value out of range") or step.is_supply):
        return ""
    if step.counts_days and not step.why:
        return f"{value} days covered, the last {day(step.on_date)}"
    return f"{value} days' supply on {day(step.on_date)}" if step.is_supply else f"{value} on {day(step.on_date)}"


def _covered(step) -> str:
    """82 % of days covered, 80 % needed. Rounded down: what is short of the share must not read as if it were there."""
    reached, needed = (floor(100 * share + 1e-6) for share in (step.covered, step.needed))
    return f"{reached}\N{NO-BREAK SPACE}% of days covered, {needed}\N{NO-BREAK SPACE}% needed"


def _miss(step) -> str:
    """Why it does not count; one supply of many may well count, and there are too few."""
    few = step.is_supply and step.counts_days and step.why == "does not count alone"
    return f": {'too few days covered so far' if few else MISS.get(step.why, step.why)}" if step.why else ""


def _counted(row) -> html.P:
    how = (f"Counts for {row.plans or 'the plan'}, by enrolment ({row.variant}-style)." if row.by_enrolment
           else f"Counted by visits ({row.variant}), since no plan enrolment is known.")
    return html.P(" ".join(filter(None, (row.why, how))), className="quiet")


def _rate(steps: list, titled: bool) -> list:
    parts = [html.H4([sentence(steps[0].title), html.Span(_standing(steps[0]), className="quiet")])] if titled else []
    return parts + [block for role in (_belongs, _not_excluded, _needed) for block in role(steps)]


def _standing(step) -> str:
    if step.status == "unseen":
        return ", seen only in the chart"
    return f", {WORDS[step.status][1].lower()}"


def _clauses(steps: list, *roles: str) -> list[list]:
    return [list(group) for _, group in groupby((s for s in steps if s.role in roles), key=lambda step: step.clause)]


def _list(clauses: list[list], good) -> html.Ul:
    return html.Ul([_clause(clause, good(clause[0])) for clause in clauses], className="clauses")


def _belongs(steps: list) -> list:
    clauses = _clauses(steps, "initial_population", "denominator")
    return [html.H5("In this measure because"), _list(clauses, lambda step: step.met)] if clauses else []


def _not_excluded(steps: list) -> list:
    clauses = _clauses(steps, "exclusions", "exceptions")
    holding = [clause for clause in clauses if clause[0].met]
    if holding:
        return [html.H5("Does not apply because"), _list(holding, lambda step: True)]
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
        return [html.H5("A gap when any of these holds" if len(clauses) > 1 else "A gap when"), _list(clauses, lambda step: not step.met)]
    return [html.H5("Needed, any one of" if len(clauses) > 1 else "Needed"), _list(clauses, lambda step: step.met)]


def _clause(clause: list, good: bool | None) -> html.Li:
    step, evidence = clause[0], [_evidence(step) for step in _each_fact_once(clause)]
    if step.covered is not None:
        evidence.insert(0, html.Div(_covered(step), className="evidence"))
    if step.role == "numerator" and not step.met and step.better != "lower":
        evidence = evidence or [html.Div("None found.", className="evidence")]
        evidence += [html.Div(f"Codes that count: {_codes(step.codes)}", className="evidence")] if step.codes else []
    return html.Li([tick(good), html.Div([html.Span(sentence(step.text) + _holds(step)), *evidence])])


def _holds(step) -> str:
    """Where a clause that holds is the gap, a tick beside its words reads as if it held: say which."""
    return f": {'this holds' if step.met else 'does not hold'}" if step.role == "numerator" and step.better == "lower" else ""


def _each_fact_once(clause: list) -> list:
    """The facts of a clause; one that was found in part and is the nearest miss too is told as the miss, since that says why."""
    told = {}
    for step in sorted(clause, key=lambda step: step.why is not None):
        if step.on_date:
            told[step.on_date, step.file_name, step.row_number, step.value] = step
    return sorted(told.values(), key=lambda step: step.on_date, reverse=True)


def _codes(codes: list[str]) -> str:
    more = f" and {len(codes) - CODES_SHOWN} more" if len(codes) > CODES_SHOWN else ""
    return ", ".join(codes[:CODES_SHOWN]) + more


def _evidence(step) -> html.Div:
    words = [html.Span(_fact(step, number(step.value)) or day(step.on_date))]
    if step.why:
        words.append(html.Strong(_miss(step)))
    if step.file_name:
        words.append(html.Span(f" from {step.data_source}, {step.file_name} row {step.row_number:,}", className="source"))
    return html.Div(words, className="evidence")

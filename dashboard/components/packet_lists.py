"""The lists of a packet: patients, claims to correct, what to look at in the documentation. Each says how many more there are than paper holds."""

from dashboard.components.concepts import said
from dashboard.components.elements import dcc, html
from dashboard.components.roll_up import reason_words
from dashboard.components.table import table
from dashboard.components.words import age_and_sex, count, day, language, person_name
from dashboard.packet.order import RULE
from dashboard.packet.words import KINDS, PROMPTS

PATIENTS, CLAIMS, PROMPTED = 75, 40, 15  # lines on paper; the file has all
NO_FOCUS = "Choose focus measures first: the patients are theirs."


def patient_list(patients: list, chosen: bool, link) -> list:
    """The patients of the focus measures. link(person): the address of a patient's page."""
    if not patients:
        return [html.P("Nobody is open in the focus measures." if chosen else NO_FOCUS)]
    rows = [[_name(one.row, link), age_and_sex(one.row), _plan(one.row), one.step, [html.Div(_gap(gap)) for gap in one.gaps],
             day(one.row.last_visit_date), _day_of(one.row.next_visit_at)] for one in patients[:PATIENTS]]
    return [html.P(f"{count(len(patients), 'patient', 'patients')}. {RULE}"),
            table("Patients, most winnable first", ["Patient", "Age", "Plan, language", "What it takes", "Open", "Last visit", "Next visit"], rows),
            _more(len(patients) - PATIENTS, "patient", "patients")]


def _gap(gap) -> str:
    until = f", until {day(gap.last_day)}" if gap.last_day else ""
    return f"{gap.title}: {reason_words(gap.reason)}{f' ({day(gap.reason_date)})' if gap.reason_date else ''}{until}"


def _plan(row) -> str:
    spoken = language(row.language)
    told = f"{spoken}{', interpreter' if row.interpreter_needed else ''}" if spoken != "English" or row.interpreter_needed else ""
    return "; ".join(part for part in (row.plans, told) if part)


def claim_list(services: list, claims: list, link) -> list:
    """Rejected claims, ranked by the gaps that they would close."""
    if not services:
        return [html.P("No rejected claim would close a gap.")]
    by_service = [[said(row.service), f"{row.gaps:,}", f"{row.claims:,}", row.measures] for row in services]
    lines = [[_name(row, link), said(row.service), day(row.start_date), row.claim_id,
              f"{row.file_name} row {row.row_number:,}" if row.file_name else "",
              row.measures] for row in claims[:CLAIMS]]
    return [html.P("Correct and resend: each may close a gap that stays open without it. Most gaps first."),
            table("Services whose claims were rejected", ["Service", "Gaps", "Claims", "For"], by_service, numbers=(1, 2)),
            html.H3("The claims"), table("Claims to correct", ["Patient", "Service", "Day", "Claim", "Found in", "Would close"], lines),
            _more(len(claims) - CLAIMS, "claim", "claims")]


def documentation(prompts: list, link) -> list:
    """Conditions to confirm, to consider and to consider removing, who comes in soonest first."""
    told = [part for kind, words in KINDS.items() for part in _prompts(words, [row for row in prompts if row.kind == kind], link)]
    return [html.P(html.Strong(PROMPTS)), *(told or [html.P("Nothing to look at: nobody here has Medicare, or every condition is supported.")])]


def _prompts(words: str, rows: list, link) -> list:
    if not rows:
        return []
    lines = [[_name(row, link), row.title, f"{row.why}{f' ({row.confidence} confidence)' if row.confidence else ''}", day(row.last_date),
              _day_of(row.next_visit_at)] for row in rows[:PROMPTED]]
    return [html.H3(f"{words} ({len(rows):,})"), table(words, ["Patient", "Condition", "Why", "Last named", "Next visit"], lines),
            _more(len(rows) - PROMPTED, "prompt", "prompts")]


def _name(row, link) -> list:
    return [dcc.Link(person_name(row), href=link(row.person)), html.Div(f"born {day(row.birth_date)}", className="small")]


def _day_of(moment) -> str:
    return day(moment) if moment else ""


def _more(left: int, one: str, many: str):
    return html.P(f"{count(left, f'more {one}', f'more {many}')} in the file.") if left > 0 else None

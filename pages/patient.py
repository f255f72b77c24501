"""Patient: what to do next and why, down to the row of the file that says so."""

import dash
from flask import abort

from dashboard import patient_facts
from dashboard.access import audit, current_viewer, patients, rules
from dashboard.access.selection import address
from dashboard.components.elements import dcc, html
from dashboard.components.gap import gap as draw_gap
from dashboard.components.history import history
from dashboard.components.prediction import patient_block
from dashboard.components.risk import risk, tier
from dashboard.components.risk_prompts import KINDS
from dashboard.components.states import NEW_PATIENT, empty, told_line
from dashboard.components.words import age_and_sex, day, language, method, moment, person_name
from dashboard.queries import ask
from dashboard.web.answer_form import Desk
from dashboard.web.contact_forms import of_patient, request_records
from dashboard.web.forms import take_told

ORDER = ("Most pressing first: clinical harm, then the last day to close, then the name. Risk is the patient's, so it orders patients on "
         "My panel, not the gaps of one.")
OPEN = 2  # standings up to this one are open
SHOWN = 5  # open gaps; the rest stands behind a line with its number
LINES = 100  # of a plan, below which how long its claims take is not told
FOLDED = (("likely_done", "Likely done - claim not in yet"), ("answered", "Answered"),
          ("prospective", "Not due yet"), ("missed", "Too late this year"), ("closed", "Closed"), ("excluded", "Does not apply"))


def layout(token=None, gap=None, sensitive=None, **_):
    """The page of one of the viewer's people; 404 for anyone else."""
    viewer = current_viewer("patient")
    person = patients.find(viewer, token or "")
    if person is None:
        abort(404)
    shown = {"person": person, "sensitive": sensitive == "1"}
    audit.note(viewer, "viewed patient", page="patient", person=person, **({"sensitive": 1} if sensitive == "1" else {}))
    gaps, known = patient_facts.gaps(viewer, **shown), patient_facts.history(viewer, **shown)
    steps = patient_facts.steps(viewer, person, gaps)
    desk, told, facts = Desk(viewer, person), take_told(), patient_facts.header(viewer, person)
    where = told_where(gap, gaps) if told else ""
    return html.Div([
        told_line(told) if where == "" else None,
        header(facts),
        do_next(gaps, steps, desk, gap, told if where == "gaps" else "") if gaps or known else new_here(viewer, facts),
        wait_for(viewer, [row for row in gaps if row.status == "likely_done"]),
        told_line(told, here=True) if where == "folded" else None,
        *[folded(words, [row for row in gaps if row.status == status], steps, desk, gap) for status, words in FOLDED],
        told_line(told, here=True) if where == "prompts" else None,
        risk_block(viewer, shown, desk),
        patient_block(patient_facts.predictions(viewer, person), address("/prediction")),
        of_patient(viewer, facts, person_name(facts)),
        html.H2("History", className="history-title") if known else None,
        history(known) if known else None,
        sensitive_switch(viewer, person, sensitive == "1") if viewer.role in rules.CLINIC else None,
    ], className="page patient")


def risk_block(viewer, shown: dict, desk: Desk):
    """Tier, score and prompts; nothing for who was never seen."""
    known = patient_facts.risk(viewer, **shown)
    return risk(*known, desk.prompt) if known else None


def sensitive_switch(viewer, person: int, shown: bool) -> html.P:
    """Sensitive services are left out, without a trace, until one who treats the patient asks for them; the log keeps that."""
    words = "Leave out sensitive services" if shown else "Show sensitive services too"
    return html.P([dcc.Link(words, href=patients.address_of(viewer, person, sensitive=None if shown else "1")),
                   html.Span(" Opening them is recorded. They are never on lists, paper or exports.", className="quiet")], className="switch")


def header(row) -> html.Header:
    """Who this is and why this patient is on the viewer's list."""
    facts = [
        ("Born", f"{day(row.birth_date)} ({age_and_sex(row)})"),
        ("Language", language(row.language) + (", interpreter needed" if row.interpreter_needed else "")),
        ("Plan", row.plans or ("No plan enrolment known" if not row.has_coverage else "No current plan")),
        ("Clinician", " ".join(part for part in (row.clinician_name or row.clinician_npi or "None known", _why(row)) if part)),
        ("Risk", tier(row)), ("Last visit", day(row.last_visit_date)), ("Next visit", moment(row.next_visit_at)),
        ("Phone", html.A(row.phone, href=f"tel:{row.phone}", className="tap") if row.phone else ""),
        ("Record number", row.medical_record_number or ""),
    ]
    return html.Header([html.H1(person_name(row)), html.Dl([html.Div([html.Dt(name), html.Dd(words)]) for name, words in facts if words])],
                       className="patient-header")


def _why(row) -> str:
    known = (method(row.method), f"since {day(row.attributed_since)}" if row.attributed_since and row.attributed_since.year > 1 else "")
    return f"({', '.join(filter(None, known))})" if any(known) else ""


def told_where(answered: str | None, gaps: list) -> str:
    """Where the line stands that says what an answer did: where the gap stands or stood ("gaps" to close, or "folded"), with the "prompts", else
    at the top ("")."""
    row = next((row for row in gaps if row.measure_id == answered), None)
    if row is None:
        return "prompts" if (answered or "").partition("-")[0] in dict(KINDS) else ""
    return "gaps" if min(row.standing, row.counted_standing) <= OPEN else "folded"


def do_next(gaps: list, steps: list, desk: Desk, wanted: str | None = None, told: str = "") -> html.Section:
    """The open gaps, most pressing first; the one that was asked for stands open. told: what an answer to it did, said where it stands or stood."""
    due, heading = [row for row in gaps if row.standing <= OPEN], html.H2("Do next")
    drawn = [_drawn(row, steps, desk, len(due) == 1 or row.measure_id == wanted) for row in due]
    if due:
        heading = html.H2([html.Strong(f"{len(due)}"), f" {'gap' if len(due) == 1 else 'gaps'} to close"], title=ORDER)
    opened, parts = any(row.measure_id == wanted for row in due[SHOWN:]), (drawn[:SHOWN], drawn[SHOWN:])
    if told:
        before = next(patient_facts.pressing(row) for row in gaps if row.measure_id == wanted)
        place = sum(patient_facts.pressing(row) < before for row in due)
        opened = place > SHOWN
        parts[opened].insert(place - SHOWN * opened, told_line(told, here=True))
    nothing = [] if due else [empty("Nothing due for this patient.")]
    return html.Section([heading, *parts[0], *nothing, _rest(due[SHOWN:], parts[1], opened)], className="do-next")


def new_here(viewer, facts) -> html.Section:
    """What to do next for who was never seen: ask for the records."""
    return html.Section([html.H2("Do next"), empty(NEW_PATIENT, request_records(viewer, facts))], className="do-next")


def _rest(gaps: list, drawn: list, opened: bool) -> html.Details | None:
    """The open gaps that are less pressing; unfolded when one of them was asked for."""
    if not drawn:
        return None
    words = html.Summary(["More to close ", html.Span(f"{len(gaps):,}", className="quiet")])
    return html.Details([words, *drawn], className="folded", open=opened)


def _drawn(row, steps: list, desk: Desk, opened: bool) -> html.Details:
    return draw_gap(row, of_gap(row, steps), opened=opened, short=desk.short(row), answer=desk.block(row))


def wait_for(viewer, likely: list) -> html.P | None:
    """How long the claims of the plans take that count what is likely done."""
    lags = ask("claim_lags", viewer, least=LINES) if likely else []
    plans = {name for row in likely for name in (row.plans or "").split(", ")}
    told = [f"nine of ten claims of {lag.plan or lag.payer} come within {lag.most_days} days" for lag in lags if (lag.plan or lag.payer) in plans]
    return html.P(f"Likely done, do not repeat: {'; '.join(told)}.", className="quiet") if told else None


def folded(words: str, gaps: list, steps: list, desk: Desk, wanted: str | None = None):
    """Gaps that ask for nothing now, behind a line with their number; the one just answered stands open."""
    opened = any(row.status == "answered" and row.measure_id == wanted for row in gaps)
    if not gaps:
        return None
    return html.Details([html.Summary([f"{words} ", html.Span(f"{len(gaps):,}", className="quiet")]),
                         *[_drawn(row, steps, desk, opened and row.measure_id == wanted) for row in gaps]], className="folded", open=opened)


def of_gap(row, steps: list) -> list:
    """The steps of one gap."""
    return [step for step in steps if (step.measure_id, step.unit) == (row.measure_id, row.unit)]


dash.register_page(__name__, path_template="/patient/<token>", name="Patient", title="Patient - Huddleboard", layout=layout, pickers=())

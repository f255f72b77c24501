"""Reconciliation: where a plan's own list of gaps and we differ, person by person, and what was said of it."""

import dash

from dashboard.access import audit, current_viewer, rules
from dashboard.access.patients import address_of
from dashboard.access.selection import address, current_selection
from dashboard.access.tokens import token_of
from dashboard.answers import plan_words as words_said
from dashboard.answers.plan_words import BUTTONS, DIFFERENCES, PROOF, SAID, WITHDRAWN
from dashboard.components.as_of import moment_in_words
from dashboard.components.elements import dcc, html
from dashboard.components.files import RECORDS, file_words
from dashboard.components.listing import chips, listed, pager
from dashboard.components.plan_rates import apart, difference, of_plan, plan_words, why_uncounted
from dashboard.components.roll_up import points, rate_of, reason_words, shown_numerator, title_of
from dashboard.components.states import empty
from dashboard.components.status import status_word
from dashboard.components.words import age_and_sex, count, day, person_name
from dashboard.given import choice, whole
from dashboard.house import house
from dashboard.patient_files import row_of
from dashboard.queries import ask, ask_page
from dashboard.web.form import form
from dashboard.web.plan_word_forms import topic_of
from dashboard.worklog.chosen import moment_shown

PAGE_SIZE = 50
NO_LIST = "No plan has sent its own list of gaps for these people and this year, so there is nothing to compare."
OFFICIAL = ("The plan's rate is its own list added up, of the patients shown here. No file brings the rate that the plan itself reports for all "
            "its members.")
SENSITIVE = "Numbers only: this measure is about a sensitive service, so no list shows who."
WORDS = ("Accept: the plan is right; a gap that it counts closed leaves the work lists. Dispute: the plan is wrong; it stands "
         "on the board of remarks. Send proof: on the file of proofs for the plan.")
SETTLED = "settled"


def layout(rate=None, show=None, page=None, **_):
    """All plans and measures, or the people of one; URL = state."""
    viewer = current_viewer("reconcile")
    rows = ask("plan_rates", viewer)
    row = next((row for row in rows if row.slug == rate and row.contract == current_selection().contract), None)
    if row is None:
        return board(rows)
    return of_one(viewer, row, choice(show, {**DIFFERENCES, SETTLED: ""}, ""), whole(page, 1, 100_000))


def board(rows: list) -> html.Div:
    """Every plan and measure that a list came for, the widest apart first."""
    if not rows:
        arrived = dcc.Link("See what arrived", href=address("/data-health"))
        return html.Div([html.H1("Nothing to reconcile"), empty(NO_LIST, arrived)], className="page")
    wide = sum(apart(row) for row in rows)
    heads = [("Plan", ""), ("Measure", ""), ("Plan's rate", "number"), ("Our rate", "number"), ("Apart", "number"), ("List of", "")]
    ordered = sorted(rows, key=lambda row: (-abs(difference(row) or 0), row.plan, row.title))
    return html.Div([
        html.H1([html.Strong(f"{wide:,}"), f" of {len(rows):,} rates differ from the plan's own list by more than 2 points"]),
        html.P(OFFICIAL, className="quiet"),
        listed("Rates by the plan's own list and by us, widest apart first", heads, [_line(row) for row in ordered], roomy=True),
    ], className="page")


def _line(row) -> list:
    moved = difference(row)
    href = of_plan(row).address("/reconcile", rate=row.slug)
    return [dcc.Link([row.plan, html.Span(f", {title_of(row)}", className="visually-hidden")], href=href), title_of(row), plan_words(row),
            rate_of(shown_numerator(row), row.denominator), points(moved) if moved is not None else "too few", day(row.gap_date)]


def of_one(viewer, row, show: str, page: int) -> html.Div:
    """One plan and measure: both rates, then who differs."""
    if row.sensitive:
        return html.Div([html.H1(title_of(row)), facts(row), empty(SENSITIVE, dcc.Link("All plans and measures", href=address("/reconcile")))],
                        className="page")
    topic = topic_of(row.slug)
    said = words_said.of_topic(house().store, topic, moment_shown(viewer))
    settled = sorted(f"{person} {word.difference}" for person, word in said.items())
    asked = {"rate": row.slug, "settled": settled, "people": None}
    found = ask_page("plan_differences", viewer, page, PAGE_SIZE, show=show, **asked)
    every = found or ask("plan_differences", viewer, show="everybody", page=1, page_size=1, **asked)
    numbers = {kind: getattr(every[0], kind) if every else 0 for kind in DIFFERENCES}
    done = every[0].settled_people if every else 0
    audit.note(viewer, "viewed list", page="reconcile", rate=row.slug, show=show, people=len(found))
    total = numbers.get(show, done if show == SETTLED else sum(numbers.values()))
    return html.Div([
        html.P(dcc.Link("All plans and measures", href=address("/reconcile")), className="back"),
        html.H1([html.Strong(f"{sum(numbers.values()):,}"),
                 f" {'patient' if sum(numbers.values()) == 1 else 'patients'} on whom {row.plan} and we differ: {title_of(row)}"]),
        facts(row),
        html.P(WORDS, className="quiet") if rules.may_write(viewer.role, "plan_word") else None,
        chips(_chips(numbers, done), show, lambda value: address("/reconcile", rate=row.slug, show=value)),
        _export(row, every, said),
        people(viewer, row, found, said, show) if found else empty("Nobody in this list."),
        pager(page, PAGE_SIZE, total, lambda to: address("/reconcile", rate=row.slug, show=show, page=to)),
    ], className="page")


def _chips(numbers: dict[str, int], done: int) -> list[tuple]:
    kinds = [(kind, words, numbers[kind]) for kind, (words, _) in DIFFERENCES.items() if numbers[kind]]
    return [("", "All that differ", sum(numbers.values())), *kinds, *([(SETTLED, "Answered", done)] if done else [])]


def facts(row) -> html.Div:
    """Both rates, and what the plan's is not."""
    moved = difference(row)
    told = [(f"Plan's list of {day(row.gap_date)}", plan_words(row)),
            ("Ours, of this plan's members", rate_of(shown_numerator(row), row.denominator)),
            ("Apart", points(moved) if moved is not None else "too few to compare")]
    return html.Div([html.Dl([html.Div([html.Dt(words), html.Dd(value)]) for words, value in told], className="facts-line"),
                     html.P(OFFICIAL, className="quiet")])


def _export(row, every: list, said: dict) -> html.P | None:
    """The proof list as a file, and all that differ."""
    proofs = sum(word.kind == PROOF for word in said.values())
    links = [html.A("Export (CSV)", href=address("/export/differences.csv", rate=row.slug), className="chip")] if every else []
    if proofs:
        links += [html.A(f"Proof for the plan (CSV, {count(proofs, 'patient', 'patients')})",
                         href=address("/export/differences.csv", rate=row.slug, show="proof"), className="chip")]
    return html.P(links, className="chips-line") if links else None


def people(viewer, row, found: list, said: dict, show: str) -> html.Table:
    """One row a person: what the plan says, what we say, which record says so, and what to do."""
    writes = rules.may_write(viewer.role, "plan_word")
    says = [("What to say" if writes else "What was said", "wide")] if writes or show == SETTLED else []
    heads = [*((words, "") for words in ("Patient", "Age", "Plan says", "We say", "EHR")), *says]
    return listed("Patients on whom the plan and we differ", heads, [
        _row(viewer, row, one, said.get(one.person), show)[:len(heads)] for one in found], roomy=True)


def _row(viewer, row, one, word, show: str) -> list:
    if not one.on_a_list:
        return ["Name not shown (died, or identity not complete)", "", plan_says(one), we_say(one), "", ""]
    name = person_name(one)
    return [dcc.Link(name, href=address_of(viewer, one.person)), age_and_sex(one), plan_says(one), we_say(one), record(one),
            [_said(one, word), _buttons(viewer, row, one, word, show, name)]]


def plan_says(one) -> str:
    """Closed, service of 3 May 2026."""
    if one.plan_status is None:
        return "Not on its list"
    if one.plan_status == "excluded":
        return "Does not apply"
    return f"Closed, service of {day(one.service_date)}" if one.plan_status == "closed" and one.service_date else one.plan_status.capitalize()


def we_say(one) -> list:
    """Closed, service of 3 May 2026, and which row of which file says so; or why the patient does not count."""
    if one.status in (None, "excluded"):
        head = "Not counted, since this does not hold:" if one.status is None and one.uncounted else "Not counted" if one.status is None else None
        return [head or status_word(one.status), html.Div([html.Div(words) for words in why_uncounted(one)], className="quiet")]
    if one.status == "closed" and one.on_date:
        row = "" if one.table_name in RECORDS else f", {one.file_name} row {row_of(one.fact):,}"  # a record's stands in its own column
        source = html.Div(f"{file_words(one.table_name)}{row}", className="quiet") if one.table_name else None
        return [f"Closed, service of {day(one.on_date)}", source]
    why = reason_words(one.reason) if one.reason and one.status != "closed" else ""
    return [status_word(one.status), html.Div(why, className="quiet") if why else None]


def record(one) -> list | str:
    """The line of a record that closes it, where a record and no claim does."""
    if one.status != "closed" or one.table_name not in RECORDS:
        return ""
    return [f"{file_words(one.table_name)}, {day(one.on_date)}", html.Div(f"{one.file_name} row {row_of(one.fact):,}", className="quiet")]


def _said(one, word):
    if word is None or word.difference != one.kind:
        return None
    return html.P(f"{SAID[word.kind]}: {word.display_name}, {moment_in_words(word.at)}")


def _buttons(viewer, row, one, word, show: str, name: str):
    if not rules.may_write(viewer.role, "plan_word"):
        return None
    stands = word is not None and word.difference == one.kind
    offered = [(WITHDRAWN, "Take back")] if stands else [(kind, BUTTONS[kind]) for kind in DIFFERENCES[one.kind][1]]
    token = token_of(house().key, viewer.user_id, one.person)
    buttons = [html.Button([words, html.Span(f", {name}", className="visually-hidden")], type="submit", name="kind", value=kind,
                           className="btn btn-outline-primary") for kind, words in offered]
    return form(address("/reconcile/say"), buttons, f"say-{token}", [], {"token": token, "rate": row.slug, "show": show})


dash.register_page(__name__, path="/reconcile", name="Reconciliation", title="Reconciliation - Huddleboard", layout=layout)

"""Lists as files (CSV): My panel, the people behind a count, the audit log; and the packet of a session (XLSX). Asked as on screen, so of the
same people; the log keeps each."""

import csv
import io

from flask import Flask, Response, abort, request
from flask_login import current_user

from dashboard.access import audit, rules
from dashboard.answers import plan_words
from dashboard.cohorts.chosen import chosen, limit_of
from dashboard.components.files import file_words
from dashboard.components.log_words import detail_words, who_words
from dashboard.components.plan_rates import why_uncounted
from dashboard.components.roll_up import reason_words
from dashboard.components.status import WORDS
from dashboard.components.words import age_and_sex, language, person_name
from dashboard.given import choice, short_text
from dashboard.house import house
from dashboard.packet.gather import gather
from dashboard.packet.workbook import workbook
from dashboard.patient_files import row_of
from dashboard.queries import ask
from dashboard.web import education_forms, guard, plan_word_forms
from dashboard.web.practices import practice_of
from dashboard.worklog.chosen import contacts, limited, moment_shown
from dashboard.worklog.contacts import NOTHING, OUTCOMES

FOLDER = "/export/"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOST = 100_000  # rows of a file
PANEL = ("Patient", "Born", "Age", "Plan", "Language", "Open gaps", "Due", "Last day to close", "Last visit", "Next visit", "Phone", "Do not contact",
         "Last contact", "Outcome", "Next contact")
PEOPLE = ("Patient", "Born", "Age", "Plan", "Language", "Stands", "Why", "Last day to close", "Last visit", "Next visit")
DIFFERENCES = ("Patient", "Born", "Plan says", "Plan's day of service", "We say", "Why we do not count it", "Our day of service", "From", "File",
               "Row", "Said of it")
LOG = ("When (UTC)", "Who", "Role", "What", "Page", "Person", "Detail", "From")


def register(server: Flask) -> None:
    """Add the routes; the guard has checked the selection before, each checks the role."""
    for name, view in (("panel.csv", panel), ("people.csv", people), ("differences.csv", differences), ("audit.csv", log), ("packet.xlsx", packet)):
        server.add_url_rule(f"{FOLDER}{name}", endpoint=f"export {name}", view_func=view)


def _viewer(name: str):
    viewer = current_user._get_current_object()
    return viewer if viewer.role in rules.EXPORTS[name] else guard.refuse("export")


def panel() -> Response:
    """The list of My panel with the chip and the order of the address, all its pages."""
    viewer, given = _viewer("panel"), request.args
    show, sort = short_text(given.get("show"), 20) or "due", short_text(given.get("sort"), 20)
    limit = limited(viewer, show, limit_of(viewer, chosen(viewer, given.get("cohort"))))
    rows = ask("panel_people", viewer, show=show, sort=sort, page=1, page_size=MOST, people=limit)
    audit.note(viewer, "exported", page="panel", show=show, people=len(rows))
    return _patients(viewer, rows)


def of_chosen(viewer, people: list[int]) -> Response:
    """The people chosen on My panel; `people` are the viewer's own."""
    if viewer.role not in rules.EXPORTS["panel"]:
        guard.refuse("export")
    rows = ask("panel_people", viewer, show="all", sort="matters", page=1, page_size=MOST, people=sorted(people))
    audit.note(viewer, "exported", page="panel", show="chosen", people=len(rows))
    return _patients(viewer, rows)


def _patients(viewer, rows: list) -> Response:
    known = contacts(viewer)
    return _file("patients", PANEL, [
        [*_who(row), row.open_gaps, "; ".join(dict.fromkeys(row.due_titles or [])), row.first_last_day, row.last_visit_date, row.next_visit_at,
         row.phone, *_contact(known.get(row.person, NOTHING))] for row in rows])


def _contact(standing) -> list:
    return ["yes" if standing.refused else "", standing.last_at and standing.last_at.date(), OUTCOMES.get(standing.outcome, ""), standing.next_date]


def people() -> Response:
    """The people behind a count of a measure, as the address of their list says. Sensitive services stand on no list, so in no file."""
    viewer, given = _viewer("people"), request.args
    line = choice(given.get("line"), {one.product_line for one in ask("contracts", viewer)}, "")
    filters = {name: short_text(given.get(name), 80) for name in ("rate", "reason", "aspect", "value")} | {"line": line}
    show = short_text(given.get("show"), 20) or "open"
    rows = ask("measured_people", viewer, **filters, show=show, page=1, page_size=MOST, people=limit_of(viewer, chosen(viewer, given.get("cohort"))))
    audit.note(viewer, "exported", page="measure_people", show=show, people=len(rows))
    return _file("people-of-a-measure", PEOPLE, [
        [*_who(row), WORDS[row.status][1], reason_words(row.reason) if row.reason else "", row.last_day, row.last_visit_date, row.next_visit_at]
        for row in rows if row.on_a_list])


def differences() -> Response:
    """The people on whom a plan's own list and we differ, or, show=proof, those whose proof the plan is to get."""
    viewer, rate, proof = _viewer("differences"), short_text(request.args.get("rate"), 80), request.args.get("show") == "proof"
    said = plan_words.of_topic(house().store, plan_word_forms.topic_of(rate), moment_shown(viewer))
    people = [person for person, word in said.items() if word.kind == plan_words.PROOF] if proof else None
    rows = ask("plan_differences", viewer, rate=rate, show="everybody", page=1, page_size=MOST, settled=[], people=people)
    audit.note(viewer, "exported", page="reconcile", rate=rate, show="proof" if proof else "all", people=len(rows))
    listed = [_difference(row, said.get(row.person)) for row in rows if row.on_a_list]
    return _file("proof-for-the-plan" if proof else "differences", DIFFERENCES, listed)


def _difference(row, word) -> list:
    we_say = WORDS[row.status][1] if row.status else "not counted"
    why = "; ".join(why_uncounted(row)) if row.status in (None, "excluded") else ""
    return [person_name(row), row.birth_date, row.plan_status or "not on its list", row.service_date, we_say, why, row.on_date,
            row.table_name and file_words(row.table_name), row.file_name, row.fact and row_of(row.fact), _word(word, row)]


def _word(word, row) -> str:
    return plan_words.SAID[word.kind] if word is not None and word.difference == row.kind else ""


def log() -> Response:
    """The audit log with the filters of the address, newest first."""
    viewer = _viewer("audit")
    chosen = audit.Filter.of(house().key, viewer, request.args)
    rows = audit.newest(house().store, MOST, chosen=chosen)
    audit.note(viewer, "exported", page="audit", rows=len(rows))
    return _file("audit-log", LOG, [[f"{row.at:%Y-%m-%d %H:%M:%S}", who_words(row), row.role, row.action, row.page, row.person,
                                     detail_words(row.detail), row.address] for row in rows])


def packet() -> Response:
    """The packet of a session, as its screen shows it; its lists whole."""
    viewer = _viewer("packet")
    place, noted = practice_of(viewer), education_forms.noted_of(viewer)
    session = education_forms.session_of(noted, place.value, request.args.get("session", "")) if place else guard.refuse("export")
    found = gather(viewer, place, session, noted)
    audit.note(viewer, "exported", page="packet", people=found.people)
    return Response(workbook(found), mimetype=XLSX, headers={"Content-Disposition": 'attachment; filename="session-packet.xlsx"'})


def _who(row) -> list:
    spoken = language(row.language) + (", interpreter" if row.interpreter_needed else "")
    return [person_name(row), row.birth_date, age_and_sex(row), row.plans or "", spoken]


def _file(name: str, headings: tuple, rows: list[list]) -> Response:
    if len(rows) >= MOST:
        abort(413, f"More than {MOST:,} rows. Choose fewer people first.")
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(headings)
    writer.writerows([_cell(value) for value in row] for row in rows)
    head = {"Content-Disposition": f'attachment; filename="{name}.csv"'}
    return Response("\ufeff" + text.getvalue(), mimetype="text/csv", headers=head)


def _cell(value):
    """A text that a spreadsheet would take for a formula is kept a text."""
    return f"'{value}" if isinstance(value, str) and value.startswith(("=", "+", "-", "@", "\t", "\r")) else "" if value is None else value

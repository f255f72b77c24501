"""What the buttons of a gap or of a documentation prompt send: an answer, its undoing; and the proof of a service.

Every value is the sender's invention.
"""

from datetime import date

from flask import Flask, Response, abort, redirect, request, session
from flask_login import current_user

from dashboard.access import audit, patients, rules
from dashboard.access.selection import current_selection
from dashboard.answers import keep, proof
from dashboard.answers.keep import Gap, Said, Taken, TooLate
from dashboard.answers.kinds import UNDONE, kinds
from dashboard.answers.kinds import words as words_of
from dashboard.answers.services import ASKED, day_of_service, lacks, services
from dashboard.components.as_of import moment_in_words
from dashboard.house import house
from dashboard.queries import ask_one
from dashboard.web import guard

PATHS = ("/answer", "/answer/undo")
PROOF = "/proof/"
LONGEST_NOTE = 500
BY_CLAIMS = "The score changes once a claim of this year names it."
NEXT = {("confirm", "documented"): BY_CLAIMS, ("consider", "documented"): BY_CLAIMS,
        ("remove", "not_present"): "It stays in the score until the claim is corrected: tell who bills."}


def register(server: Flask) -> None:
    """Add the routes; the guard lets signed-in viewers through to them and asks for the form's token."""
    server.add_url_rule("/answer", view_func=answer, methods=["POST"])
    server.add_url_rule("/answer/undo", view_func=undo, methods=["POST"])
    server.add_url_rule(f"{PROOF}<token>/<int:answer_id>", view_func=show_proof)


def _field(name: str, length: int = 120) -> str:
    return request.form.get(name, "").strip()[:length]


def _whole(name: str) -> int:
    text = _field(name, 20)
    if not text.removeprefix("-").isdigit() or not text.isascii():
        guard.refuse("answer")
    return int(text)


def _asked_gap(viewer):
    """The row of gap_to_answer, a gap or a prompt, that the form names; 404 and an audit row unless it is the viewer's to answer."""
    guard.check_selection()
    if current_selection().as_of:
        abort(409, "The past is shown there: nothing can be answered in it.")
    if viewer.role not in rules.ANSWERS:
        guard.refuse("answer")
    person = patients.find(viewer, _field("token"))
    unit, period = _whole("unit"), _whole("period")
    if person is None or not -(1 << 63) <= unit < 1 << 63 or not 1900 < period < 2200:
        guard.refuse("answer")
    row = ask_one("gap_to_answer", viewer, person=person, measure_id=_field("measure_id", 40), period=period, unit=unit, sensitive=True)
    return row if row else guard.refuse("answer")


def _back(viewer, row, text: str):
    """To the patient's page, opened at the gap, with a line that is shown once."""
    session["told"] = text
    return redirect(patients.address_of(viewer, row.person, gap=row.measure_id))


def answer():
    """Keep one of the six answers to a gap, or of the three to a prompt."""
    viewer = current_user._get_current_object()
    row, kind, reason = _asked_gap(viewer), _field("kind", 20), _field("reason", 40)
    chosen = kinds().get((kind, reason))
    if chosen is None or chosen.about != row.about or not chosen.button or not rules.may_answer(viewer.role, kind):
        guard.refuse("answer")
    gap, proposed = Gap(row.measure_id, row.person, row.period, row.unit), not rules.decides(viewer.role, kind, row.delegable)
    try:
        supplement, warning = _supplement(row) if kind == "done" else (None, NEXT.get((row.measure_id.partition("-")[0], kind), ""))
        said = Said(kind, reason, _field("note", LONGEST_NOTE), _whole("follows"), proposed, tuple(row.known), supplement)
        if proposed and row.standing > 3:
            return _back(viewer, row, f"This {row.about} is answered already. Nothing was saved.")
        keep.give(house().store, viewer, gap, said)
    except proof.NoProof as fault:
        return _back(viewer, row, f"{fault} Nothing was saved.")
    except Taken as taken:
        return _back(viewer, row, f"{_told(taken.newest)} Your answer was not saved: keep theirs, or change it.")
    audit.note(viewer, "answered", page="patient", person=row.person, measure=row.measure_id, answer=kind, proposed=int(proposed))
    saved = f"Proposed to the physician: {words_of(kind, reason)}." if proposed else f"Saved: {row.title}, {words_of(kind, reason)}."
    return _back(viewer, row, f"{saved} {warning}".strip())


def _told(newest) -> str:
    """Dr Patel answered this at 10:01: patient refused."""
    if newest is None:
        return "The page was too old."
    what = "undone" if newest.kind == UNDONE else words_of(newest.kind, newest.reason)
    when = moment_in_words(newest.at)
    return f"{newest.display_name} answered this {'at' if when.startswith('today ') else 'on'} {when.removeprefix('today ')}: {what}."


def _supplement(row) -> tuple[dict | None, str]:
    """The service that "done" tells of, as fields of Supplement, and what to say where it will not count."""
    service = services().get((row.measure_id, _field("service", 80)))
    if service is None:
        return None, "Saved, but it will not count here: the plan takes this measure from claims only."
    on_date, result = day_of_service(_field("on_date"), date.today()), _field("result", 40)
    if service.result in ("number", "pressure") and service.numbers(result) is None:
        result = ""
    told = {"on_date": on_date, "result": result if service.result else "", "place": _field("place"),
            "practitioner": _field("practitioner"), "proof": _proof()}
    missing = lacks(service, told)
    warning = f"Saved, but the plan will not count this without {_listed([ASKED[name] for name in missing])}." if missing else \
        "It counts from the next build of the numbers on."
    if on_date is None:
        return None, warning
    return told | {"service": service.service, "data_source": row.data_source, "person_id": row.person_id, "lacks": missing}, warning


def _listed(names: list[str]) -> str:
    return names[0] if len(names) == 1 else ", ".join(names[:-1]) + " and " + names[-1]


def _proof() -> str:
    sent = request.files.get("proof")
    content = sent.read(proof.MOST_BYTES + 1) if sent and sent.filename else b""
    return proof.keep(house().home, content) if content else ""


def undo():
    """Take the viewer's own answer back."""
    viewer = current_user._get_current_object()
    row = _asked_gap(viewer)
    try:
        keep.undo(house().store, viewer, Gap(row.measure_id, row.person, row.period, row.unit), _whole("answer_id"))
    except TooLate:
        return _back(viewer, row, "Too late to undo: an answer can be taken back for ten minutes by whoever gave it. Change it instead.")
    audit.note(viewer, "answer undone", page="patient", person=row.person, measure=row.measure_id)
    return _back(viewer, row, f"Undone: {row.title} is open again.")


def show_proof(token: str, answer_id: int):
    """A proof file, to those in whose care the patient is."""
    viewer = current_user._get_current_object()
    person = patients.find(viewer, token) if viewer.role in rules.PEOPLE else None
    if person is None:
        guard.refuse("proof")
    of_person = {row.id: gap for gap, row in keep.of_person(house().store, person).items()}
    told = keep.supplements(house().store, {answer_id} & of_person.keys()).get(answer_id)
    gap = of_person.get(answer_id)
    allowed = gap and ask_one("gap_seen", viewer, person=person, measure_id=gap.measure_id, sensitive=True)
    try:
        content, media = proof.read(house().home, told.proof if told and allowed else "")
    except FileNotFoundError:
        abort(404)
    audit.note(viewer, "viewed proof", page="patient", person=person)
    return Response(content, mimetype=media, headers={"Content-Disposition": f'inline; filename="proof.{told.proof.partition(".")[2]}"'})

"""What the buttons of the reconciliation send. Every value is the sender's invention."""

from flask import Flask, abort, redirect, request, session
from flask_login import current_user

from dashboard.access import audit, patients, rules
from dashboard.access.selection import address, current_selection
from dashboard.answers import keep, plan_words
from dashboard.answers.kinds import PLAN_COUNTS, UNDONE
from dashboard.answers.plan_words import ACCEPTED, BUTTONS, DIFFERENCES, SAID, WITHDRAWN, Topic
from dashboard.house import house
from dashboard.queries import ask, ask_one, current_year
from dashboard.web import guard

PATHS = ("/reconcile/say",)


def register(server: Flask) -> None:
    """Add the route; the guard lets signed-in viewers through to it and asks for the form's token."""
    server.add_url_rule(PATHS[0], view_func=say, methods=["POST"])


def _field(name: str) -> str:
    return request.form.get(name, "").strip()[:80]


def topic_of(rate: str) -> Topic:
    """A rate under the plan and year of the top bar."""
    chosen = current_selection()
    return Topic(rate, chosen.period or current_year(), chosen.contract)


def say():
    """Keep a word on a difference, or take it back."""
    guard.check_selection()
    viewer, kind = current_user._get_current_object(), _field("kind")
    if not rules.may_write(viewer.role, "plan_word") or kind not in (*BUTTONS, WITHDRAWN):
        guard.refuse("plan_word")
    if current_selection().as_of:
        abort(409, "The past is shown there: nothing can be changed in it.")
    person, topic = patients.find(viewer, _field("token")), topic_of(_field("rate"))
    row = _difference(viewer, topic, person) if person is not None and topic.contract is not None else None
    if row is None or (kind != WITHDRAWN and kind not in DIFFERENCES[row.kind][1]):
        guard.refuse("plan_word")
    plan_words.put(house().store, viewer, topic, person, row.kind, kind)
    audit.note(viewer, "plan word noted", page="reconcile", person=person, rate=topic.rate, word=kind)
    told = "Taken back." if kind == WITHDRAWN else f"{SAID[kind]}."
    if row.kind == "plan_closed":
        told += _settled(viewer, topic, person, kind)
    session["told"] = told
    return redirect(address("/reconcile", rate=topic.rate, show=_field("show")))


def _difference(viewer, topic: Topic, person: int):
    return ask_one("plan_differences", viewer, rate=topic.rate, show="everybody", page=1, page_size=1, settled=[], people=[person])


def _settled(viewer, topic: Topic, person: int, kind: str) -> str:
    """What the word does to the gap. Accepted: the plan counts it closed, so nobody is asked for it any more. Any other word takes that back."""
    measure = next((row.measure_id for row in ask("plan_rates", viewer) if row.slug == topic.rate), "")
    gap = keep.Gap(measure, person, topic.period, 0)
    row = ask_one("gap_to_answer", viewer, person=person, measure_id=measure, period=topic.period, unit=0, sensitive=True)
    newest = keep.of_person(house().store, person).get(gap)
    stands = keep.holds(newest)
    if row is None or not rules.may_write(viewer.role, PLAN_COUNTS) or (kind == ACCEPTED) == stands or (stands and newest.kind != PLAN_COUNTS):
        return ""
    given = PLAN_COUNTS if kind == ACCEPTED else UNDONE
    try:
        keep.give(house().store, viewer, gap, keep.Said(given, follows=newest.id if newest else 0, known=tuple(row.known)))
    except keep.Taken:
        return ""
    if given == UNDONE:
        audit.note(viewer, "answer undone", page="reconcile", person=person, measure=measure)
        return " The gap is on the lists again."
    audit.note(viewer, "answered", page="reconcile", person=person, measure=measure, answer=PLAN_COUNTS, proposed=0)
    return " The gap is off the lists; it comes back with new evidence."

"""Answering a documentation prompt: who may, what leaves which list at once, what comes back, and that no score moves."""

from datetime import timedelta

import house
import pytest
import saying
from saying import store_of, token, viewer
from visits import PEOPLE, USERS, open_page, sign_in

from dashboard import patient_facts
from dashboard.access import audit, rules
from dashboard.answers import keep
from dashboard.answers.keep import Gap, Said, TooLate
from dashboard.cohorts.chosen import people_of
from dashboard.queries import ask
from dashboard.state.models import utc_now

KIDNEY = {"measure_id": "consider-hcc326", "period": "2026", "unit": "0"}
GAP = Gap("consider-hcc326", 1, 2026, 0)
ANSWERED = """
    person | measure_id      | period | unit | answer_id | kind        | answered | known
    1      | consider-hcc326 | 2026   | 0    | 1         | not_present | T        | {known}
"""


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    return saying.own_home(tmp_path_factory)


@pytest.fixture
def server(home, tmp_path):
    return saying.served_copy(home, tmp_path)


def send(server, client, username, person=1, path="/answer", **values):
    """The form of a prompt as a browser sends it."""
    csrf = client.get_cookie("_csrf_token").value
    given = {"csrf_token": csrf, "token": token(server, username, person), **KIDNEY, "follows": "0", **values}
    return client.post(path, data=given, content_type="multipart/form-data")


def of_version(server, username, make):
    with server.test_request_context():
        return make(viewer(server, username))


def asked(server, username="physician"):
    """Titles of what is still asked of Lopez, by the patient's page; and by Today."""
    def find(who):
        _, _, _, prompts, *_ = patient_facts.risk(who, 1)
        return sorted({one.title for one in prompts if not one.answered}), sorted(one.title for one in ask("today_prompts", who, day=None) if one.person == 1)
    return of_version(server, username, find)


def cohort(server, kind="consider"):
    return of_version(server, "analyst", lambda who: people_of(who, f"prompt={kind}"))


def by_place(server, username="director"):
    return of_version(server, username, lambda who: (sum(row.consider for row in ask("risk_by_place", who)), {
        (row.prompt, row.answer): row.prompts for row in ask("prompts_answered", who)}))


@pytest.mark.parametrize(("kind", "said"), [("documented", "assessed, will be documented"), ("not_present", "not present, to be removed")])
def test_an_answered_prompt_leaves_every_list_and_count_at_once(server, kind, said):
    client = sign_in(server, "physician")
    before, others = by_place(server), asked(server)[0]
    assert "Chronic kidney disease" in others and cohort(server) == [1] and before[1] == {}
    assert send(server, client, "physician", kind=kind).status_code == 302
    for username in ("physician", "assistant"):
        assert asked(server, username) == (sorted(set(others) - {"Chronic kidney disease"}),) * 2
    assert cohort(server) == [] and cohort(server, "confirm") == [1]
    assert by_place(server) == (before[0] - 1, {("consider", kind): 1})
    page = open_page(client, f"/patient/{token(server, 'physician', 1)}").text
    assert f"Saved: Chronic kidney disease, {said}." in page and "Answered prompts" in page and "physician (physician) said today" in page
    confirmed, removed = (1, 0) if kind == "documented" else (0, 1)
    text = open_page(sign_in(server, "director"), "/risk").text
    assert f"{confirmed} confirmed" in text and f"{removed} removed" in text


def test_an_answer_changes_no_score(server):
    client = sign_in(server, "physician")

    def scores():
        row, factors, diagnoses, _, earlier, *_ = of_version(server, "physician", lambda who: patient_facts.risk(who, 1))
        means = of_version(server, "director", lambda who: [(one.now, one.before, one.kept, one.missing, one.scored) for one in ask("risk_by_place", who)])
        return row, factors, diagnoses, earlier, means
    before = scores()
    for row in of_version(server, "physician", lambda who: patient_facts.risk(who, 1, sensitive=True)[3]):
        assert send(server, client, "physician", kind="not_present", measure_id=row.prompt).status_code == 302
    assert asked(server) == ([], []) and scores() == before


def test_later_puts_off_today_and_settles_nothing(server, monkeypatch):
    client = sign_in(server, "physician")
    before = asked(server)
    text = open_page(client, "/today").text
    assert "Needs your answer (1) " in text and "conditions to confirm or remove (1)" in text and "Chronic kidney disease" in text.split("Needs your answer")[1]
    for name in of_version(server, "physician", lambda who: {row.prompt for row in ask("today_prompts", who, day=None)}):
        send(server, client, "physician", kind="later", measure_id=name)
    assert "Needs your answer" not in open_page(client, "/today").text, "not again today"
    assert asked(server) == before and cohort(server) == [1] and by_place(server)[1] == {}
    monkeypatch.setattr("dashboard.web.answer_form.is_today", lambda moment: False)
    assert "Needs your answer" in open_page(client, "/today").text, "the next day it is asked again"


def test_undo_within_ten_minutes_brings_it_back(server):
    client = sign_in(server, "physician")
    before = asked(server)
    send(server, client, "physician", kind="not_present")
    row = keep.of_person(store_of(server), 1)[GAP]
    send(server, client, "physician", path="/answer/undo", answer_id=str(row.id))
    assert asked(server) == before and [one.action for one in audit.newest(store_of(server), 2)] == ["answer undone", "answered"]
    again = keep.give(store_of(server), viewer(server, "physician"), GAP, Said("not_present", follows=keep.of_person(store_of(server), 1)[GAP].id))
    with pytest.raises(TooLate):
        keep.undo(store_of(server), viewer(server, "physician"), GAP, again.id, utc_now() + timedelta(minutes=11))


def test_an_assistant_proposes_and_the_physician_decides(server):
    client, doctor = sign_in(server, "assistant"), sign_in(server, "physician")
    send(server, client, "assistant", kind="not_present")
    assert "Chronic kidney disease" in asked(server)[0] and by_place(server)[1] == {}
    assert "Chronic kidney disease: not present, to be removed" in open_page(doctor, "/today").text
    assert "Proposed: waits for the physician." in open_page(doctor, f"/patient/{token(server, 'physician', 1)}").text
    (proposal,) = keep.proposals(store_of(server))
    send(server, doctor, "physician", kind="not_present", follows=str(proposal.id))
    assert "Chronic kidney disease" not in asked(server)[0] and keep.proposals(store_of(server)) == []


@pytest.mark.parametrize("kind", ["documented", "not_present", "later"])
def test_who_may_answer_whose_prompts(server, kind):
    for username, (role, _, _, reach) in USERS.items():
        if username == "departed":
            continue
        client, store = sign_in(server, username), store_of(server)
        for person in (1, 20, 40, 5, 999_999):  # of whom only Lopez has the prompt
            allowed = person == 1 and person in reach and rules.may_answer(role, kind)
            before, newest = len(keep.of_people(store, set(PEOPLE))), keep.of_person(store, person).get(GAP)
            answer = send(server, client, username, person, kind=kind, follows=str(newest.id if newest else 0))
            assert answer.status_code == (302 if allowed else 404), (username, person)
            assert allowed or len(keep.of_people(store, set(PEOPLE))) == before


def test_who_may_say_that_a_condition_is_present():
    assert {role for role in rules.ANSWERS if rules.may_answer(role, "documented")} == {"physician", "assistant"}
    assert {role for role in rules.ANSWERS if rules.decides(role, "documented", True) or rules.decides(role, "not_present", True)} == {"physician"}


@pytest.mark.parametrize("tampered", [
    {"kind": "refused"}, {"kind": "done"}, {"kind": "undone"}, {"kind": ""}, {"reason": "medical"}, {"unit": "1"}, {"period": "2025"}, {"measure_id": "consider-hcc1"},
    {"measure_id": "COL-E", "kind": "documented"}, {"measure_id": "remove-hcc326"}, {"token": "x"}], ids=repr)
def test_tampered_values_are_refused(server, tampered):
    client, store = sign_in(server, "physician"), store_of(server)
    assert send(server, client, "physician", **{"kind": "documented"} | tampered).status_code == 404
    assert audit.newest(store, 1)[0].action == "refused" and keep.of_people(store, set(PEOPLE)) == {}


def test_the_log_says_who_answered_what(server):
    send(server, sign_in(server, "physician"), "physician", kind="documented", note="seen by nephrology")
    row = audit.newest(store_of(server), 1)[0]
    assert (row.action, row.username, row.person, row.detail) == (
        "answered", "physician", 1, {"measure": "consider-hcc326", "answer": "documented", "proposed": 0})


def test_a_version_that_knows_the_answer_says_the_same_until_there_is_new_evidence(server):
    """What waits and what the mart joins are one rule; then a later value brings the prompt back, and is named."""
    client, home = sign_in(server, "physician"), server.extensions["huddleboard"].home
    send(server, client, "physician", kind="not_present")
    waits = asked(server), cohort(server), by_place(server)
    known = keep.of_person(store_of(server), 1)[GAP].known
    house.publish_house(home, answers=ANSWERED.format(known=known))
    assert (asked(server), cohort(server), by_place(server)) == waits
    house.publish_house(home, answers=ANSWERED.format(known="['2026-01-01 58.0']"))
    assert "Chronic kidney disease" in asked(server)[0] and cohort(server) == [1] and by_place(server)[1] == {}

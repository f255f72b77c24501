"""Answers in the state database: append-only, the newest of a gap holds, one of two at one instant gets through."""

import threading
from datetime import timedelta

import pytest
from sqlalchemy.exc import DatabaseError

from dashboard.access import accounts
from dashboard.access.viewer import viewer_of
from dashboard.answers import keep, kinds, services
from dashboard.answers.keep import Gap, Said, Taken, TooLate
from dashboard.answers.waiting import Waiting
from dashboard.state import open_store
from dashboard.state.models import Answer, utc_now

GAP = Gap("COL-E", 1, 2026, -77)


@pytest.fixture
def store(tmp_path):
    store = open_store(tmp_path)
    for username in ("patel", "ruiz"):
        accounts.add_user(store, username, "physician", "correct horse battery")
    return store


@pytest.fixture
def doctors(store):
    return [viewer_of(user) for user in accounts.all_users(store)]


def test_six_answers_map_to_the_eight_remarks():
    assert [kind.answer for kind in kinds.answers()] == ["ordered", "done", "refused", "not_applicable", "not_mine", "data_wrong"]
    assert {kind.remark for kind in kinds.kinds().values() if kind.about == kinds.GAP} == {
        "order-placed", "satisfied-in-EHR", "out-of-range", "patient-refused", "rejected", "suppressed", "not-assessed", "not-ingested"}
    assert all(kind.source for kind in kinds.kinds().values())


def test_three_answers_to_a_prompt_of_which_later_settles_nothing():
    assert [kind.answer for kind in kinds.answers(kinds.PROMPT)] == ["documented", "not_present", "later"]
    assert [kinds.settles(kind, False) for kind in ("documented", "not_present", "later", "undone")] == [True, True, False, False]
    assert not kinds.settles("documented", True), "a proposal waits"


def test_the_newest_answer_of_a_gap_holds(store, doctors):
    first = keep.give(store, doctors[0], GAP, Said("ordered"))
    keep.give(store, doctors[1], GAP, Said("refused", note="twice", follows=first.id))
    row = keep.of_person(store, 1)[GAP]
    assert (row.kind, row.username, row.note, row.remark, keep.holds(row)) == ("refused", "ruiz", "twice", "patient-refused", True)


def test_the_second_of_two_sees_the_first_one_s_answer(store, doctors):
    keep.give(store, doctors[0], GAP, Said("refused"))
    with pytest.raises(Taken) as taken:
        keep.give(store, doctors[1], GAP, Said("ordered"))
    assert (taken.value.newest.username, taken.value.newest.kind) == ("patel", "refused")
    keep.give(store, doctors[1], GAP, Said("ordered", follows=taken.value.newest.id))
    assert keep.of_person(store, 1)[GAP].kind == "ordered"


def test_of_many_at_one_instant_one_gets_through(store, doctors):
    outcomes = []

    def answer():
        try:
            keep.give(store, doctors[0], GAP, Said("ordered"))
            outcomes.append("kept")
        except Taken:
            outcomes.append("taken")
    threads = [threading.Thread(target=answer) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["kept"] + ["taken"] * 7


def test_undo_for_ten_minutes_by_whoever_gave_it(store, doctors):
    now = utc_now()
    row = keep.give(store, doctors[0], GAP, Said("ordered"), now)
    with pytest.raises(TooLate):
        keep.undo(store, doctors[1], GAP, row.id, now)
    with pytest.raises(TooLate):
        keep.undo(store, doctors[0], GAP, row.id, now + timedelta(minutes=10, seconds=1))
    keep.undo(store, doctors[0], GAP, row.id, now + timedelta(minutes=10))
    assert not keep.holds(keep.of_person(store, 1)[GAP])
    with pytest.raises(TooLate):
        keep.undo(store, doctors[0], GAP, row.id, now)


@pytest.mark.parametrize("statement", ["UPDATE answer SET kind = 'refused'", "DELETE FROM answer", "DELETE FROM supplement"])
def test_nothing_said_is_ever_changed(store, doctors, statement):
    keep.give(store, doctors[0], GAP, Said("done", supplement={
        "service": "fit", "on_date": utc_now().date(), "data_source": "ehr", "person_id": "p", "lacks": []}))
    with pytest.raises(DatabaseError, match="append-only"), store.begin() as session:
        session.connection().exec_driver_sql(statement)
    with store.begin() as session:
        assert session.query(Answer).count() == 1


def test_a_proposal_waits_until_somebody_decides(store, doctors):
    row = keep.give(store, doctors[0], GAP, Said("refused", proposed=True))
    assert not keep.holds(row) and [p.id for p in keep.proposals(store)] == [row.id]
    keep.give(store, doctors[1], GAP, Said("refused", follows=row.id))
    assert keep.proposals(store) == []


def test_what_waits_is_what_the_version_does_not_know(store, doctors):
    waiting, known = Waiting(store), {}
    assert waiting.of("1", known.items) == (0, [])
    row = keep.give(store, doctors[0], GAP, Said("ordered"))
    assert waiting.of("1", list)[1] == [GAP._asdict() | {"answer_id": row.id, "kind": "ordered", "answered": True}]
    assert waiting.of("2", lambda: [(*GAP, row.id)])[1] == []
    undone = keep.undo(store, doctors[0], GAP, row.id)
    assert waiting.of("2", list)[1] == [GAP._asdict() | {"answer_id": undone.id, "kind": "undone", "answered": False}]
    assert Waiting(store).of("1", list)[1] == []  # undone before any version knew it: nothing to say


@pytest.mark.parametrize(("measure", "service", "typed", "numbers"), [
    ("GSD", "a1c", "7.2", [7.2]), ("GSD", "a1c", "7,2", [7.2]), ("GSD", "a1c", "72", None), ("GSD", "a1c", "", None), ("GSD", "a1c", "high", None),
    ("CBP", "blood_pressure", "128/76", [128, 76]), ("CBP", "blood_pressure", "76/128", None), ("CBP", "blood_pressure", "128", None),
    ("COL-E", "colonoscopy", "7", None)])
def test_results_as_typed(measure, service, typed, numbers):
    assert services.services()[measure, service].numbers(typed) == numbers


def test_what_a_plan_asks_for_is_named():
    a1c, told = services.services()["GSD", "a1c"], {"on_date": utc_now().date(), "result": "7.2", "place": "LabCorp", "practitioner": "Dr A", "proof": "x"}
    assert services.lacks(a1c, told) == []
    assert services.lacks(a1c, told | {"proof": "", "result": ""}) == ["result", "proof"]
    assert "result" not in services.lacks(services.services()["COL-E", "colonoscopy"], {})

"""Answering a gap: who may, what leaves which list at once, what comes back, and what is refused."""

import io
import re
from datetime import timedelta

import house
import pytest
import saying
from saying import store_of, token, viewer
from visits import PEOPLE, USERS, open_page, sign_in

from dashboard import patient_facts
from dashboard.access import audit, rules
from dashboard.answers import keep
from dashboard.answers.keep import Gap, Said
from dashboard.queries import ask
from dashboard.state.models import utc_now
from dashboard.web import answer_form

COL = {"measure_id": "COL-E", "period": "2026", "unit": "0"}
PDF = b"%PDF-1.4 a report"


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    return saying.own_home(tmp_path_factory)


@pytest.fixture
def server(home, tmp_path):
    return saying.served_copy(home, tmp_path)


def send(server, client, username, person, path="/answer", **values):
    """The form of a gap as a browser sends it."""
    csrf = client.get_cookie("_csrf_token").value
    given = {"csrf_token": csrf, "token": token(server, username, person), **COL, "follows": "0", **values}
    return client.post(path, data=given, content_type="multipart/form-data")


def asked(server, username, name, **values):
    with server.test_request_context():
        return ask(name, viewer(server, username), **values)


def gaps_of(server, username, person):
    with server.test_request_context():
        return patient_facts.gaps(viewer(server, username), person)


LIST = {"show": "due", "sort": "matters", "page": 1, "page_size": 100}


def test_an_answered_gap_leaves_every_list_and_count_of_everybody_at_once(server):
    client = sign_in(server, "physician")
    before = asked(server, "director", "panel_counts")[0], asked(server, "support", "practices")[0]
    assert send(server, client, "physician", 1, kind="refused").status_code == 302
    for username in ("physician", "assistant", "support", "director", "analyst"):
        titles = {row.person: row.due_titles for row in asked(server, username, "panel_people", **LIST)}
        assert "Colorectal cancer screening" not in titles[1]
        assert len(titles) == asked(server, username, "panel_counts")[0].due
        assert [row.status for row in gaps_of(server, username, 1) if row.measure_id == "COL-E"] == ["answered"]
    assert "COL-E" not in {row.measure_id for row in asked(server, "physician", "today_actions", day=None) if row.person == 1}
    after = asked(server, "director", "panel_counts")[0], asked(server, "support", "practices")[0]
    assert after[0].due == before[0].due  # she has other gaps
    assert (after[1].open_gaps, after[1].people_due) == (before[1].open_gaps - 1, before[1].people_due)


def test_someone_with_nothing_left_leaves_the_list(server):
    client = sign_in(server, "support")
    before = asked(server, "support", "panel_counts")[0].due, asked(server, "support", "practices")[0].people_due
    send(server, client, "support", 20, kind="done", service="colonoscopy", on_date="2026-10-01", place="Here", practitioner="Dr Cole", proof=(io.BytesIO(PDF), "a.pdf"))
    assert 20 not in {row.person for row in asked(server, "support", "panel_people", **LIST)}
    assert (asked(server, "support", "panel_counts")[0].due, asked(server, "support", "practices")[0].people_due) == (before[0] - 1, before[1] - 1)
    row = next(row for row in asked(server, "director", "people_found", search="brownlee", page_size=5))
    assert row.open_gaps == 0


def test_undo_brings_it_back(server):
    client = sign_in(server, "physician")
    send(server, client, "physician", 1, kind="ordered")
    row = keep.of_person(store_of(server), 1)[Gap("COL-E", 1, 2026, 0)]
    page = open_page(client, f"/patient/{token(server, 'physician', 1)}").text
    assert "Undo" in page and "ordered" in page
    send(server, client, "physician", 1, path="/answer/undo", answer_id=str(row.id))
    assert [gap.status for gap in gaps_of(server, "physician", 1) if gap.measure_id == "COL-E"] == ["open"]


def test_the_second_sees_the_first_one_s_answer_and_chooses(server):
    physician, assistant = sign_in(server, "physician"), sign_in(server, "assistant")
    send(server, physician, "physician", 1, kind="refused")
    send(server, assistant, "assistant", 1, kind="ordered")
    page = open_page(assistant, f"/patient/{token(server, 'assistant', 1)}").text
    assert re.search(r"physician answered this at \d\d:\d\d: patient refused\. Your answer was not saved", page)
    newest = keep.of_person(store_of(server), 1)[Gap("COL-E", 1, 2026, 0)]
    assert newest.kind == "refused"
    send(server, assistant, "assistant", 1, kind="ordered", follows=str(newest.id))
    assert keep.of_person(store_of(server), 1)[Gap("COL-E", 1, 2026, 0)].kind == "ordered"


def test_an_assistant_decides_on_what_is_delegated_and_proposes_the_rest(server):
    client = sign_in(server, "assistant")
    send(server, client, "assistant", 1, kind="not_applicable", reason="medical")
    assert [gap.status for gap in gaps_of(server, "physician", 1) if gap.measure_id == "COL-E"] == ["open"]
    doctor = sign_in(server, "physician")
    assert "Needs your answer" in open_page(doctor, "/today").text
    assert "Needs your answer" not in open_page(client, "/today").text
    assert "Confirm the proposal" in open_page(doctor, f"/patient/{token(server, 'physician', 1)}").text
    proposal = keep.proposals(store_of(server))[0]
    send(server, doctor, "physician", 1, kind="not_applicable", reason="medical", follows=str(proposal.id))
    assert [gap.status for gap in gaps_of(server, "assistant", 1) if gap.measure_id == "COL-E"] == ["answered"]


@pytest.mark.parametrize("kind", ["ordered", "done", "refused", "not_applicable", "not_mine", "data_wrong"])
def test_who_may_answer_whose_gaps(server, kind):
    for username, (role, _, _, reach) in USERS.items():
        if username == "departed":
            continue
        client, store = sign_in(server, username), store_of(server)
        for person in (1, 20, 30, 40, 5, 999_999):
            allowed = person in reach and rules.may_answer(role, kind)
            before, refused = len(keep.of_people(store, set(PEOPLE))), audit.counts(store).get("refused", 0)
            newest = keep.of_person(store, person).get(Gap("COL-E", person, 2026, 0))
            answer = send(server, client, username, person, kind=kind, follows=str(newest.id if newest else 0))
            assert answer.status_code == (302 if allowed else 404), (username, person)
            assert audit.counts(store).get("refused", 0) == refused + (not allowed)
            assert allowed or len(keep.of_people(store, set(PEOPLE))) == before


@pytest.mark.parametrize("tampered", [
    {"kind": "unanswered"}, {"kind": "undone"}, {"kind": "x"}, {"kind": ""}, {"reason": "medical"}, {"unit": "1"}, {"unit": "x"}, {"unit": "9" * 20}, {"unit": "1e3"},
    {"period": "2025"}, {"period": "0"}, {"period": "999999"}, {"measure_id": "BCS-E"}, {"measure_id": "' OR 1=1 --"}, {"measure_id": ""}, {"token": "x"}, {"token": ""},
    {"follows": "x"}, {"follows": "∞"}, {"unit": "-"}], ids=repr)
def test_tampered_values_are_refused(server, tampered):
    client, store = sign_in(server, "physician"), store_of(server)
    assert send(server, client, "physician", 1, **{"kind": "refused"} | tampered).status_code == 404
    assert audit.newest(store, 1)[0].action == "refused"
    assert keep.of_people(store, set(PEOPLE)) == {}


def test_a_form_without_our_token_is_refused(server):
    client = sign_in(server, "physician")
    assert send(server, client, "physician", 1, kind="refused", csrf_token="x").status_code == 400
    assert server.test_client().post("/answer", data={"kind": "refused"}).status_code == 401
    assert client.get("/answer").status_code == 405


def test_a_dispute_that_nobody_settles_needs_the_director(server, monkeypatch):
    client, director = sign_in(server, "physician"), sign_in(server, "director")
    send(server, client, "physician", 1, kind="not_mine")
    assert "disputed" not in open_page(director, "/course").text, "ten days have not passed"
    monkeypatch.setattr(answer_form, "utc_now", lambda: utc_now() + timedelta(days=11))
    assert "1 gap disputed for more than 10 days" in open_page(director, "/course").text
    with server.test_request_context():
        assert answer_form.old_disputes(viewer(server, "director"), 10) == {"COL-E": 1} and answer_form.old_disputes(viewer(server, "other"), 10) == {}
    (disputed,) = keep.disputes(store_of(server), utc_now())
    send(server, client, "physician", 1, kind="refused", follows=str(disputed.id))
    assert keep.disputes(store_of(server), utc_now()) == [] and "disputed" not in open_page(director, "/course").text


def test_each_answer_is_in_the_log(server):
    client = sign_in(server, "physician")
    send(server, client, "physician", 1, kind="refused", note="Lopez says no")
    row = audit.newest(store_of(server), 1)[0]
    assert (row.action, row.username, row.person, row.detail) == ("answered", "physician", 1, {"measure": "COL-E", "answer": "refused", "proposed": 0})


def test_done_without_what_a_plan_asks_for_is_kept_and_says_so(server):
    client = sign_in(server, "physician")
    send(server, client, "physician", 1, kind="done", service="fit", on_date="2026-10-01", result="negative", place="Here")
    page = open_page(client, f"/patient/{token(server, 'physician', 1)}").text
    assert "the plan will not count this without who did it and proof" in page
    row = keep.of_person(store_of(server), 1)[Gap("COL-E", 1, 2026, 0)]
    assert keep.supplements(store_of(server), {row.id})[row.id].lacks == ["practitioner", "proof"]


@pytest.mark.parametrize(("content", "says"), [(b"<html>", "no PDF, PNG or JPEG"), (b"%PDF-" + b"x" * (5 << 20), "larger than 5 MB")], ids=["html", "large"])
def test_a_file_that_is_no_proof_is_refused_in_words(server, content, says):
    client = sign_in(server, "physician")
    send(server, client, "physician", 1, kind="done", service="fit", on_date="2026-10-01", proof=(io.BytesIO(content), "a.pdf"))
    assert says in open_page(client, f"/patient/{token(server, 'physician', 1)}").text
    assert keep.of_person(store_of(server), 1) == {}


def test_a_request_without_bounds_is_cut_off(server):
    client = sign_in(server, "physician")
    assert send(server, client, "physician", 1, kind="done", proof=(io.BytesIO(b"%PDF-" + b"x" * (7 << 20)), "a.pdf")).status_code == 413


def test_a_proof_opens_for_those_who_care_for_the_patient(server):
    clients = {username: sign_in(server, username) for username in ("physician", "support", "director", "other", "auditor", "administrator")}
    send(server, clients["physician"], "physician", 1, kind="done", service="fit", on_date="2026-10-01", proof=(io.BytesIO(PDF), "Lopez.pdf"))
    number = keep.of_person(store_of(server), 1)[Gap("COL-E", 1, 2026, 0)].id
    for username, client in clients.items():
        answer = client.get(f"/proof/{token(server, username, 1)}/{number}")
        assert answer.status_code == (200 if username in ("physician", "support", "director") else 404), username
        assert "Lopez" not in str(answer.headers)
    served = clients["support"].get(f"/proof/{token(server, 'support', 1)}/{number}")
    assert (served.data, served.content_type, served.headers["X-Content-Type-Options"]) == (PDF, "application/pdf", "nosniff")
    assert clients["physician"].get(f"/proof/{token(server, 'physician', 2)}/{number}").status_code == 404
    assert clients["physician"].get(f"/proof/{token(server, 'physician', 1)}/{number + 1}").status_code == 404
    assert server.test_client().get(f"/proof/{token(server, 'physician', 1)}/{number}").status_code == 302


def test_a_new_version_that_knows_the_answer_says_the_same(server):
    """What waits and what the mart joins are one rule; and then new evidence brings the gap back and is named."""
    client = sign_in(server, "physician")
    send(server, client, "physician", 1, kind="ordered")
    before = asked(server, "physician", "panel_people", **LIST), asked(server, "support", "practices")
    row = keep.of_person(store_of(server), 1)[Gap("COL-E", 1, 2026, 0)]
    known = "[" + ", ".join(f"'{word}'" for word in row.known) + "]"
    answered = f"""
        person | measure_id | period | unit | answer_id | kind    | answered | known
        1      | COL-E      | 2026   | 0    | {row.id}  | ordered | T        | {{known}}
    """
    house.publish_house(server.extensions["huddleboard"].home, answers=answered.format(known=known))
    assert asked(server, "physician", "panel_people", **LIST) == before[0]
    assert asked(server, "support", "practices") == before[1]
    house.publish_house(server.extensions["huddleboard"].home, answers=answered.format(known="[]"))
    gap = next(gap for gap in gaps_of(server, "physician", 1) if gap.measure_id == "COL-E")
    assert (gap.status, gap.fresh) == ("open", ["2015-06-01"])
    page = open_page(client, f"/patient/{token(server, 'physician', 1)}").text
    assert "New since it was answered (ordered" in page and "1 Jun 2015" in page


def test_known_evidence_is_what_the_page_showed(server):
    keep.give(store_of(server), viewer(server, "physician"), Gap("GSD", 1, 2026, 0), Said("ordered"))
    row = asked(server, "physician", "gap_to_answer", person=1, measure_id="GSD", period=2026, unit=0)[0]
    assert (row.known, row.delegable, row.standing, row.counted_standing) == (["2026-02-12 9.4"], True, 9, 2)

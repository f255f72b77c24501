"""The words of empty, late and missing states, each with what it offers: bad file, names not allowed, a new patient, many gaps."""

import importlib
from datetime import date, datetime, timedelta
from types import SimpleNamespace

import house
import pytest
from test_access_matrix import refusals, token
from test_account import post, told
from visits import add_users, open_page, sign_in

from dashboard.access import audit
from dashboard.build import publish
from dashboard.components.visit import visits
from dashboard.state import open_store
from dashboard.web import held
from dashboard.web.app import make_app
from dashboard.web.past import NO_DAYS
from dashboard.worklog import contacts

WHY = "file received 06:02 has 18 % rows rejected\nlab_result, labs.csv: 72 rows, no date; Send dates. First row 7."
ROW = "labs.csv: 72 rows, no date"


@pytest.fixture(scope="module")
def waiting(tmp_path_factory):
    """A house where publishing waits for a person."""
    home = tmp_path_factory.mktemp("held")
    house.publish_house(home)
    add_users(home)
    publish.hold(home, WHY)
    return make_app(home), home


@pytest.mark.parametrize(("username", "path"), [("physician", "/panel"), ("support", "/practices"), ("director", "/course"), ("administrator", "/data-health")])
def test_a_bad_file_is_said_to_all_whose_numbers_it_keeps_back(waiting, username, path):
    page = open_page(sign_in(waiting[0], username), path).text
    assert "File received 06:02 has 18 % rows rejected; we kept the numbers of 22 Nov 2026." in page
    assert ROW not in page or path == "/data-health"


def test_its_rows_stand_on_data_health_and_who_decides_reads_how(waiting):
    admin, support = (open_page(sign_in(waiting[0], name), "/data-health").text for name in ("administrator", "support"))
    assert ROW in admin and "versions --accept" in admin and ROW in support and "versions --accept" not in support


def test_whose_numbers_are_kept():
    today = date(2026, 11, 29)
    assert [held.whose(today - timedelta(days=ago), today) for ago in (0, 1, 2)] == ["today's earlier numbers", "yesterday's numbers", "the numbers of 27 Nov 2026"]


def test_nothing_is_said_when_nothing_waits(clients):
    assert "we kept" not in open_page(clients["physician"], "/panel").text


def test_names_that_are_not_allowed_are_asked_for_and_the_administrator_reads_it(home, clients):
    page = open_page(clients["analyst"], "/compare", "?by=clinician").text
    assert "You can see counts for this group, not names. Ask " in page and "compare-request" in page
    assert "compare-request" not in open_page(clients["director"], "/compare", "?by=clinician").text
    assert told(post(clients["analyst"], "/account/request", page="compare"), clients["analyst"]) == "Your administrator sees your request."
    row = audit.newest(open_store(home), 1)[0]
    assert (row.action, row.username, row.page) == ("access requested", "analyst", "compare")
    users = open_page(clients["administrator"], "/users").text
    assert "Asked for access" in users and "asked for the names of clinicians on Compare" in users


@pytest.mark.parametrize(("username", "page"), [("physician", "compare"), ("support", "compare"), ("analyst", "audit"), ("analyst", ""), ("analyst", "x")])
def test_nothing_else_is_asked_for(home, clients, username, page):
    before = refusals(home)
    assert post(clients[username], "/account/request", page=page).status_code == 404
    assert refusals(home) == before + 1


def test_the_records_of_a_new_patient_are_requested_and_somebody_sees_to_it(server, home, clients):
    client, person = clients["physician"], 3
    answer = post(client, "/outreach/attempt", token=token(server, home, "physician", person), outcome="records")
    assert told(answer, client) == "Saved: records requested."
    standing = contacts.Contacts(open_store(home)).now()[person]
    assert standing.listed and standing.outcome == "records" and contacts.OUTCOMES["records"] == "Records requested"
    assert "Records requested" in open_page(client, "/panel", "?show=outreach").text


def test_who_asked_not_to_be_contacted_is_not_put_on_the_list_by_it(server, home, clients):
    client, sent = clients["physician"], {"token": token(server, home, "physician", 4)}
    post(client, "/outreach/attempt", outcome="do_not_contact", **sent)
    post(client, "/outreach/attempt", outcome="records", **sent)
    assert not contacts.Contacts(open_store(home)).now()[4].listed


def test_today_says_who_is_new_and_offers_their_records():
    row = SimpleNamespace(person=1, start_at=datetime(2026, 11, 22, 9), first_name="A", last_name="B", age=1, sex="", language="en", interpreter_needed=False, plans="",
                          risk_tier=None, clinician_name=None, clinician_npi=None, own_clinician_npi=None, last_visit_date=None, new_here=True)
    drawn = str(visits([row], {}, lambda person, _: f"/patient/{person}", prepare=False))
    assert "No history yet - not in any measure until 1 Jan. " in drawn and "Request records" in drawn


@pytest.mark.parametrize(("likely", "words"), [(41, "41 patients may already be done."), (1, "1 patient may already be done.")])
def test_today_says_who_may_already_be_done_for_a_late_feed_and_leads_to_them(server, likely, words):
    drawn = str(page("today")._late([feed(None), feed(9.4)], SimpleNamespace(likely=likely)))
    assert "Plan C claims are 9 days late (usual: every 31 days)." in drawn and words in drawn and "/panel?show=likely" in drawn


def test_today_is_silent_where_nothing_is_late_and_sends_nobody_to_an_empty_list(server):
    assert page("today")._late([feed(None)], SimpleNamespace(likely=3)) is None
    assert "Show those" not in str(page("today")._late([feed(9.4)], SimpleNamespace(likely=0)))


def test_the_as_of_menu_says_that_no_earlier_day_is_kept(server, clients):
    assert NO_DAYS in open_page(clients["physician"], "/today").text


def feed(late_days):
    return SimpleNamespace(name="Plan C claims", late_days=late_days, usual_days=30.6)


def page(name: str):
    """A module of pages, once the application stands."""
    return importlib.import_module(f"pages.{name}")


def test_at_most_five_open_gaps_stand_open_and_the_rest_behind_a_number(server, monkeypatch):
    patient = page("patient")
    monkeypatch.setattr(patient, "_drawn", lambda row, *_: f"<{row.measure_id}>")
    gaps = [open_gap(number) for number in range(7)]
    drawn = patient.do_next(gaps, [], None)
    shown = drawn["props"]["children"]
    assert shown[1:6] == ["<M0>", "<M1>", "<M2>", "<M3>", "<M4>"] and "More to close" in str(shown[6]) and shown[6]["props"]["open"] is False
    assert patient.do_next(gaps, [], None, "M6")["props"]["children"][6]["props"]["open"] is True
    assert patient.do_next(gaps[:5], [], None)["props"]["children"][6] is None


def open_gap(number: int, **said):
    plain = {"measure_id": f"M{number}", "standing": 2, "counted_standing": 2, "harm": 1, "last_day": date(2026, 12, 31), "title": f"M{number}", "unit_date": None}
    return SimpleNamespace(**plain | said)


@pytest.mark.parametrize(("answered", "where"), [(1, 2), (6, 6), (0, 1)])
def test_what_an_answer_did_is_said_where_its_gap_stood(server, monkeypatch, answered, where):
    patient = page("patient")
    monkeypatch.setattr(patient, "_drawn", lambda row, *_: f"<{row.measure_id}>")
    gaps = [open_gap(number, **({"standing": 9} if number == answered else {})) for number in range(8)]
    assert patient.told_where(f"M{answered}", gaps) == "gaps"
    shown = patient.do_next(gaps, [], None, f"M{answered}", "Saved.")["props"]["children"]
    told = shown[where] if where < 6 else shown[6]["props"]["children"][where - 5 + 1]
    assert "Saved." in str(told) and told["props"]["className"] == "told here"
    assert where < 6 or shown[6]["props"]["open"]


def test_an_answer_to_what_was_no_open_gap_is_said_elsewhere(server):
    patient = page("patient")
    likely = open_gap(1, standing=9, counted_standing=3)
    assert [patient.told_where(*said) for said in (("M1", [likely]), ("confirm-V28-18", []), (None, [likely]), ("M2", [likely]))] == ["folded", "prompts", "", ""]

"""The packet of a session: who may build it, of which practice, what stands in it and what never does, the same as a file, the log."""

import io
from datetime import date, datetime, timedelta
from types import SimpleNamespace

import openpyxl
import pytest
from browsing import assert_fits, assert_no_serious_faults
from playwright.sync_api import expect
from test_access_matrix import refusals
from test_account import post
from visits import USERS, open_page

from dashboard.access import audit, rules
from dashboard.packet.order import most_winnable_first
from dashboard.packet.words import change_words
from dashboard.packet.workbook import _cell
from dashboard.state import open_store
from dashboard.worklog import education

TODAY = date.today()
SOON = str(TODAY + timedelta(days=3))
PREPARE = {"practice": "P1", "change": "prepare", "on_date": SOON, "focus1": "col-e", "focus2": "gsd-poor", "attendees": "office manager"}
FILE = "/export/packet.xlsx?scope=practice%3AP1&session="


def prepared(client, **changed):
    """Build a packet by the form; the number of its session."""
    answer = post(client, "/practice/session", **PREPARE | changed)
    assert answer.status_code == 302 and answer.location.startswith("/packet?scope=practice%3AP1&session="), answer.location
    return answer.location.rpartition("=")[2]


def packet(client, number, **_):
    return open_page(client, "/packet", f"?scope=practice%3AP1&session={number}").text


def book(client, number):
    return openpyxl.load_workbook(io.BytesIO(client.get(FILE + number).data))


def words(sheet):
    return [[str(cell) for cell in row if cell is not None] for row in sheet.iter_rows(values_only=True)]


def test_the_packet_holds_the_practice_and_nobody_else(home, clients):
    number = prepared(clients["support"])
    page = packet(clients["support"], number)
    for told in ("Alder Medicine", "office manager", "Colorectal cancer screening", "Why it matters", "Who counts", "Left out", "Hospice care in the year",
                 "Brownlee, Bea", "correct the claim", "Record only what you assess", "Your contact", "data as of", "By when"):
        assert told in page, told
    for hidden in ("Coleman", "Duncan", "Birch Care", "Cedar Clinic"):
        assert hidden not in page.partition("sheet-head")[2], hidden
    row = audit.newest(open_store(home), 1)[0]
    assert (row.username, row.action, row.page) == ("support", "viewed list", "packet") and row.detail["people"] > 0
    assert row.detail["sheet"] in page, "a sheet that is found can be traced"


def test_the_file_says_the_same(home, clients):
    number = prepared(clients["support"])
    found = book(clients["support"], number)
    assert found.sheetnames == ["Cover", "Scorecard", "Focus measures", "Patients", "Claims to correct", "Documentation", "What changed", "Commitments"]
    assert ["With", "office manager"] in words(found["Cover"])
    assert any(line[0] == "Brownlee, Bea" and "correct the claim" in line for line in words(found["Patients"]))
    assert any("Hospice care in the year" in line for line in words(found["Focus measures"]))
    every = str([words(sheet) for sheet in found])
    assert "Coleman" not in every and "Duncan" not in every
    row = audit.newest(open_store(home), 1)[0]
    assert (row.action, row.page) == ("exported", "packet") and row.detail["people"] > 0


@pytest.mark.parametrize("username", USERS)
def test_who_may_open_and_export_a_packet(home, clients, username):
    number, before = prepared(clients["support"]), refusals(home)
    allowed = USERS[username][0] in rules.VISITORS
    status = open_page(clients[username], "/packet", f"?scope=practice%3AP1&session={number}").status_code
    assert (status, clients[username].get(FILE + number).status_code) == ((200, 200) if allowed else (404, 404))
    assert refusals(home) == before + (0 if allowed else 2)


@pytest.mark.parametrize("sent", ["999999", "x", "-1", "%00"])
def test_a_session_that_is_not_the_practice_s_is_404(home, clients, sent):
    before = refusals(home)
    assert open_page(clients["support"], "/packet", f"?scope=practice%3AP1&session={sent}").status_code == 404
    assert clients["support"].get(FILE + sent).status_code == 404
    assert refusals(home) == before + 2


def test_the_session_of_one_practice_is_no_packet_of_another(clients):
    theirs = post(clients["director"], "/practice/session", **PREPARE | {"practice": "P2"}).location.rpartition("=")[2]
    assert packet(clients["director"], theirs).startswith("{") is False or "Packet for" not in packet(clients["director"], theirs)
    assert clients["support"].get(FILE + theirs).status_code == 404


def test_building_again_changes_the_session_that_is_planned(home, clients):
    number = prepared(clients["support"])
    before = len(education.of_practices(open_store(home), {"P1"}).sessions["P1"])
    assert prepared(clients["support"], of=number, focus1="bcs-e") == number
    kept = education.of_practices(open_store(home), {"P1"}).sessions["P1"]
    assert len(kept) == before and next(one for one in kept if str(one.id) == number).measures[0] == "bcs-e"


def test_a_packet_is_for_a_session_to_come(home, clients):
    answer = post(clients["support"], "/practice/session", **PREPARE | {"on_date": str(TODAY - timedelta(days=1))})
    assert "session=" not in answer.location
    assert "still to come" in open_page(clients["support"], "/packet", "?scope=practice%3AP1").text
    today = prepared(clients["support"], on_date=str(TODAY))
    kept = education.of_practices(open_store(home), {"P1"}).sessions["P1"]
    assert next(one for one in kept if str(one.id) == today).standing == "planned", "on the day itself it is still to be held"


def test_a_sensitive_measure_is_on_no_packet(home, clients, monkeypatch):
    from dashboard.packet import gather
    number, asked = prepared(clients["support"]), gather.ask
    monkeypatch.setattr(gather, "ask", lambda name, viewer, **given: [
        row._replace(sensitive=row.measure_id == "COL-E") if name == "rates" else row for row in asked(name, viewer, **given)])
    page = packet(clients["support"], number)
    before = page.partition("Claims to correct")[0]  # whose rows mart.claim_to_fix limits
    assert "Blood sugar" in before and "Brownlee" not in before and "Colorectal" not in before


def row(person, reason=None, last_day=date(2026, 12, 31), seen=None, booked=None, on_a_list=True):
    return SimpleNamespace(person=person, reason=reason, reason_date=None, last_day=last_day, last_visit_date=seen, next_visit_at=booked, on_a_list=on_a_list)


def test_what_takes_least_comes_first():
    colon, sugar = SimpleNamespace(title="Colon"), SimpleNamespace(title="Sugar")
    visit = datetime(2026, 12, 10, 9)
    found = most_winnable_first([
        (colon, row(1, seen=date(2026, 1, 1))), (colon, row(2, seen=date(2026, 10, 1))), (colon, row(3, booked=visit)),
        (colon, row(4, booked=visit, last_day=date(2026, 12, 1))), (colon, row(5, "no value")), (colon, row(6, "rejected")),
        (sugar, row(1, "value out of range")), (colon, row(7, on_a_list=False))])
    assert [(one.person, one.step) for one in found] == [
        (6, "correct the claim"), (5, "send what is missing"), (3, "at the visit booked"), (4, "call in"), (2, "call in"), (1, "call in")]
    assert [gap.title for gap in found[-1].gaps] == ["Colon", "Sugar"]


def test_no_cell_of_the_file_is_a_formula():
    sheet = openpyxl.Workbook(write_only=True).create_sheet()
    for text in ("=1+1", "@a", "+1", "a\x07b"):
        cell = _cell(sheet, text)
        assert cell.data_type == "s" and "\x07" not in cell.value


def test_what_changed_in_words():
    of = SimpleNamespace
    assert change_words(of(kind="joined", programme="HEDIS", since=None), 2026) == "New in HEDIS of 2026"
    assert change_words(of(kind="left", programme="CoreSet", since=None), 2026) == "In CoreSet of 2025, no longer in that of 2026"
    assert change_words(of(kind="rule", programme=None, since=date(2026, 10, 31)), 2026) == "Asks for something else than on 31 Oct 2026"


@pytest.mark.long
@pytest.mark.parametrize("width", [1440, 390])
def test_from_practices_to_the_packet_in_two_clicks(visit, width):
    page = visit("support", width=width)
    page.click("a:has-text('Build packet')")
    page.wait_for_selector("#form-packet-on_date")
    assert_no_serious_faults(page)
    assert_fits(page)
    page.click("button:has-text('Build packet')")
    page.wait_for_selector(".packet .sheet")
    expect(page.locator(".told")).to_contain_text("its packet is ready")
    assert_no_serious_faults(page)
    assert_fits(page)
    page.emulate_media(media="print")
    expect(page.locator(".sheet").first).to_be_visible()
    expect(page.locator(".top-bar").first).to_be_hidden()
    expect(page.locator("#packet-print")).to_be_hidden()

"""The outreach list, attempts, prepared actions, own targets: who may write what, that it is private, scoped, logged, append-only and of its day."""

import csv
import io
from datetime import date, datetime, timedelta

import house
import pytest
from browsing import assert_fits, assert_no_serious_faults
from playwright.sync_api import expect
from sqlalchemy.exc import DBAPIError
from test_access_matrix import refusals, token, user_id
from test_account import post, told
from visits import USERS, add_users, open_page

from dashboard.access import audit, rules
from dashboard.live.backup import backup, restore
from dashboard.state import open_store
from dashboard.state.models import utc_now
from dashboard.web import worklog_forms
from dashboard.worklog import contacts, prepared, targets

DAY = house.AS_OF


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    home = tmp_path_factory.mktemp("worklog")
    house.publish_house(home, crowd=40)
    add_users(home)
    return home


def forms(server, home, username, person):
    """Every form of the work log about one person, as a browser would send it."""
    mine = token(server, home, username, person)
    return {"/outreach/chosen": {"change": "list", "who": mine}, "/outreach/attempt": {"token": mine, "outcome": "message", "next_date": "2026-12-01"},
            "/today/prepared": {"token": mine, "measure_id": "GSD", "day": DAY, "done": "1"}, "/my-numbers/target": {"rate": "col-e", "target": "70"}}


WRITES = dict(zip(worklog_forms.PATHS, ("outreach", "outreach", "prepared", "target"), strict=True))


@pytest.mark.parametrize("username", USERS)
@pytest.mark.parametrize("path", worklog_forms.PATHS)
@pytest.mark.parametrize("person", [1, 20, 30, 40, 90, 999_999])
def test_who_may_write_what_of_whom(server, home, clients, username, path, person):
    role, reach = USERS[username][0], USERS[username][3]
    allowed = rules.may_write(role, WRITES[path])
    if path == "/my-numbers/target":
        allowed = allowed and bool(reach & {1, 2, 3, 4})  # a rate of col-e exists for whose patients count in it
        allowed = allowed or (role == "physician" and username == "other")
    elif path == "/today/prepared":
        allowed = allowed and person in reach and person == 1
    else:
        allowed = allowed and person in reach
    before = refusals(home)
    status = post(clients[username], path, **forms(server, home, username, person)[path]).status_code
    assert (status in (204, 302)) == allowed, status
    assert allowed or (status == 404 and refusals(home) == before + 1)


@pytest.mark.parametrize("path", worklog_forms.PATHS)
def test_no_form_without_a_session_a_token_or_in_the_past(server, home, clients, path):
    assert server.test_client().post(path).status_code == 401
    assert clients["physician"].post(path).status_code == 400
    assert clients["physician"].get(path).status_code == 405
    assert post(clients["physician"], f"{path}?as_of={DAY}", **forms(server, home, "physician", 1)[path]).status_code in (404, 409)


@pytest.mark.parametrize(("path", "changed"), [
    ("/outreach/chosen", {"change": "drop"}), ("/outreach/chosen", {"who": "x"}), ("/outreach/attempt", {"outcome": "won"}), ("/outreach/attempt", {"token": ""}),
    ("/today/prepared", {"measure_id": "BCS-E"}), ("/today/prepared", {"day": "x"}), ("/today/prepared", {"day": "2026-12-25"}), ("/my-numbers/target", {"rate": "no-such"})])
def test_tampered_forms_are_404(server, home, clients, path, changed):
    assert post(clients["physician"], path, **forms(server, home, "physician", 1)[path] | changed).status_code == 404


def test_one_stranger_among_the_chosen_refuses_all(server, home, clients):
    before = server.extensions["huddleboard"].contacts.now()
    who = [token(server, home, "physician", 2), token(server, home, "physician", 40)]
    assert post(clients["physician"], "/outreach/chosen", change="list", who=who).status_code == 404
    assert post(clients["physician"], "/outreach/chosen", change="export", who=who).status_code == 404
    assert server.extensions["huddleboard"].contacts.now() == before


def test_the_outreach_list_is_one_and_everybody_sees_their_own(server, home, clients):
    store = open_store(home)
    post(clients["support"], "/outreach/chosen", change="list", who=[token(server, home, "support", person) for person in (2, 20)])
    logged = [(row.action, row.person, row.username, row.detail) for row in audit.newest(store, 2)]
    assert ("outreach changed", 2, "support", {"change": "listed"}) in logged
    for username, seen in (("physician", {2}), ("support", {2, 20}), ("director", {2, 20}), ("other", set())):
        page = open_page(clients[username], "/panel", "?show=outreach").text
        rows = list(csv.DictReader(io.StringIO(clients[username].get("/export/panel.csv?show=outreach").get_data(as_text=True).removeprefix("\ufeff"))))
        listed = {person for person in (2, 20) if token(server, home, username, person) in page}
        assert listed == seen and len([row for row in rows if row["Patient"].startswith(("Chen", "Brownlee"))]) == len(seen)


def test_do_not_contact_leaves_the_list_and_stays_off_it(server, home, clients):
    client, who = clients["physician"], token(server, home, "physician", 3)
    post(client, "/outreach/chosen", change="list", who=who)
    assert "marked do not contact" in told(post(client, "/outreach/attempt", token=who, outcome=contacts.STOP), client)
    standing = server.extensions["huddleboard"].contacts.now()[3]
    assert (standing.listed, standing.refused) == (False, True)
    assert "1 asked not to be contacted and was left out" in told(post(client, "/outreach/chosen", change="list", who=who), client)
    assert "Do not contact" in open_page(client, f"/patient/{who}").text
    post(client, "/outreach/attempt", token=who, outcome=contacts.RESUME)
    assert not server.extensions["huddleboard"].contacts.now()[3].refused


def test_an_attempt_stands_on_list_and_page(server, home, clients):
    client, who = clients["assistant"], token(server, home, "assistant", 4)
    answer = post(client, "/outreach/attempt?back=panel&show=all&page=1", token=who, outcome="message", next_date="2026-12-01")
    assert answer.location == "/panel?show=all&page=1" and audit.newest(open_store(home), 1)[0].action == "contact logged"
    for path, query in (("/panel", "?show=all"), (f"/patient/{who}", "")):
        assert "Left a message" in open_page(client, path, query).text
    assert "next on 1 Dec 2026" in open_page(client, f"/patient/{who}").text


def test_what_is_prepared_is_seen_by_both_and_can_be_taken_back(server, home, clients):
    form = forms(server, home, "assistant", 1)["/today/prepared"]
    assert post(clients["assistant"], "/today/prepared", **form).status_code == 204
    for username in ("physician", "assistant"):
        assert "prepped by assistant, today" in open_page(clients[username], "/today").text
    post(clients["assistant"], "/today/prepared", **form | {"done": "0"})
    assert "prepped by" not in open_page(clients["physician"], "/today").text


def test_an_own_target_counts_and_nobody_else_sees_it(server, home, clients):
    client = clients["physician"]
    post(client, "/my-numbers/target", rate="col-e", target="")
    assert "Set my own" in open_page(client, "/my-numbers").text
    for wrong in ("x", "0", "101", "-5", "nan", "inf"):
        assert "no target" in told(post(client, "/my-numbers/target", rate="col-e", target=wrong), client)
    assert "Only you see it" in told(post(client, "/my-numbers/target", rate="col-e", target="50 %"), client)
    page = open_page(client, "/my-numbers").text
    assert "at least 50" in page and "my own" in page and "more patients" in page
    assert "my own)" not in open_page(clients["assistant"], "/my-numbers").text
    assert "public one counts again" in told(post(client, "/my-numbers/target", rate="col-e", target=""), client)


@pytest.mark.parametrize("table", ["contact", "prepared", "own_target"])
def test_what_was_noted_is_never_changed(server, home, clients, table):
    store = open_store(home)
    for statement in (f"UPDATE {table} SET user_id = 1", f"DELETE FROM {table}"):
        with pytest.raises(DBAPIError, match="append-only"), store.engine.begin() as connection:
            connection.exec_driver_sql(statement)


def test_of_a_past_moment_only_what_was_known_then(server, home):
    store, viewer = open_store(home), type("Who", (), {"user_id": user_id(home, "physician"), "display_name": "physician"})
    moment, later = utc_now(), utc_now() + timedelta(seconds=1)
    contacts.note(store, viewer, [1], contacts.ATTEMPT, "booked")
    targets.put(store, viewer, "gsd", .5)
    prepared.note(store, viewer, date(2026, 11, 22), 1, "COL-E", True)
    known = server.extensions["huddleboard"].contacts
    assert known.now()[1].outcome == "booked" == known.until(later)[1].outcome
    past = datetime(2020, 1, 1)
    assert known.until(past) == {} and targets.of(store, viewer, past) == {} and prepared.of_day(store, date(2026, 11, 22), {1}, past) == {}
    assert contacts.of_person(store, 1, moment - timedelta(hours=1)) == []
    assert targets.of(store, viewer)["gsd"] == .5 and (1, "COL-E") in prepared.of_day(store, date(2026, 11, 22), {1})


def test_a_backup_holds_it(home, tmp_path):
    open_store(home)
    restored = restore(backup(home, tmp_path / "copy"), tmp_path / "again")
    assert contacts.Contacts(open_store(restored)).now() == contacts.Contacts(open_store(home)).now() != {}


@pytest.mark.long
@pytest.mark.parametrize("width", [1440, 390])
def test_choose_by_keyboard_list_and_log_an_attempt(visit, width):
    page = visit("physician" if width == 1440 else "support", width=width, at="/panel?show=due")
    page.locator(".choose input").first.focus()
    page.keyboard.press("Space")
    expect(page.locator("#panel-chosen")).to_have_text("1 chosen")
    page.locator(".choose-all input").focus()
    page.keyboard.press("Space")
    expect(page.locator("#panel-chosen")).to_have_text("50 chosen")
    page.keyboard.press("Space")
    page.locator(".choose input").nth(1).check()
    assert_no_serious_faults(page)
    assert_fits(page)
    page.locator("text=Add to outreach list").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".told")).to_contain_text("outreach list")
    page.locator(".chip", has_text="On the outreach list").click()
    expect(page.locator("h1")).to_contain_text("on the outreach list")
    page.locator(".attempt summary").first.click()
    page.locator(".attempt select").first.select_option(label="Left a message")
    assert_no_serious_faults(page)
    assert_fits(page)
    page.locator(".attempt button").first.click()
    expect(page.locator("td[data-label='Last attempt']").first).to_contain_text("Left a message")
    page.locator(".choose-all input").check()
    page.click("text=Take off the outreach list")
    expect(page.locator(".told")).to_contain_text("taken off")


@pytest.mark.long
def test_a_box_of_today_is_kept_and_shown(visit):
    page = visit("assistant")
    box = page.locator(".prepared-box input").first
    box.focus()
    page.keyboard.press("Space")
    expect(page.locator(".prepared-told").first).to_have_text("prepped, saved")
    page.reload()
    expect(page.locator(".prepared-told").first).to_contain_text("prepped by assistant")
    assert page.locator(".prepared-box input").first.is_checked()
    assert_no_serious_faults(page)
    page.locator(".prepared-box input").first.uncheck()
    expect(page.locator(".prepared-told").first).to_have_text("not prepped, saved")

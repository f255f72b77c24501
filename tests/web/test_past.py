"""The time machine: screens as they were on a past day, to whom today's scopes let see them, and nothing to change there."""

import json
import os
from datetime import date, datetime

import house
import pytest
from browsing import WIDTHS, assert_fits, assert_no_serious_faults, serve
from playwright.sync_api import expect
from test_access_matrix import patient_path, refusals, token
from visits import USERS, add_users, callback, open_page

from dashboard.access import rules
from dashboard.access.selection import Selection, selection_of
from dashboard.build import publish

THEN, NOW = date(2026, 11, 3), date(2026, 11, 22)
AT = f"?as_of={THEN}"


def dated(home, day: date) -> None:
    """Have the served version be published on a day."""
    moment = datetime.combine(day, datetime.min.time().replace(hour=12)).timestamp()
    os.utime(home / "published" / publish.served(home), (moment, moment))


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    """Two versions: on 3 November five more people were on Dr Adams's list; today they are not."""
    home = tmp_path_factory.mktemp("past")
    house.publish_house(home, crowd=5)
    dated(home, THEN)
    house.publish_house(home)
    dated(home, NOW)
    add_users(home)
    return home


@pytest.fixture(scope="module")
def address(home):
    yield from serve(home)


def test_a_past_day_stands_in_the_address_and_in_every_link():
    chosen = selection_of("?scope=practice:P1&as_of=2026-11-03")
    assert chosen == Selection("practice", "P1", as_of=THEN) and chosen.address("/panel") == "/panel?scope=practice%3AP1&as_of=2026-11-03"


@pytest.mark.parametrize("day", ["x", "2026-13-01", "2026-02-30", "20261103", "2026-11-03T00:00", "2026-11-03&as_of=2026-11-22", "' OR 1=1", "%00", "9999-99-99"])
def test_a_day_that_is_none_is_refused_and_logged(home, clients, day):
    before = refusals(home)
    assert clients["physician"].get(f"/panel?as_of={day}").status_code == 404 == open_page(clients["physician"], "/panel", f"?as_of={day}").status_code
    assert refusals(home) == before + 2


def test_the_list_is_that_of_then_and_links_stay_there(clients):
    now, then = (json.dumps(open_page(clients["physician"], "/panel", f"?show=all{more}").json) for more in ("", f"&as_of={THEN}"))
    assert "Crowd001" in then and "Crowd001" not in now
    assert "As it was on 3 Nov 2026" in then and "As it was on" not in now
    assert "/my-numbers?as_of=2026-11-03" in then and "as_of=2026-11-03" in then.split("Lopez")[1][:400] + then.split("Lopez")[0][-400:]


@pytest.mark.parametrize("username", USERS)
def test_in_the_past_a_role_opens_its_pages_and_no_other(clients, username):
    for page in ("today", "panel", "cohorts", "practices", "practice", "course", "measure", "measure-people", "my-numbers", "compare", "risk", "data-health"):
        path, role = "/" + page.replace("measure-people", "measure/people"), USERS[username][0]
        wanted = 200 if rules.may_open(role, page.replace("-", "_")) else 404
        assert clients[username].get(path + AT).status_code == wanted == open_page(clients[username], path, AT).status_code, path


@pytest.mark.parametrize("username", USERS)
def test_in_the_past_nobody_sees_whom_today_s_scopes_do_not_reach(server, home, clients, username):
    reach = USERS[username][3]
    for person in (1, 20, 30, 40, 90):
        answer = open_page(clients[username], patient_path(server, home, username, person), AT)
        assert answer.status_code == (200 if person in reach else 404), person
        if rules.may_open(USERS[username][0], "panel"):
            assert (token(server, home, username, person) in open_page(clients[username], "/panel", f"{AT}&show=all").text) == (person in reach)


def test_a_scope_that_is_not_one_s_own_is_not_there_in_the_past_either(home, clients):
    before = refusals(home)
    assert open_page(clients["director"], "/panel", f"{AT}&scope=group:G2").status_code == 404
    assert refusals(home) == before + 1


def test_nothing_can_be_answered_or_changed_in_the_past(server, home, clients):
    path, client = patient_path(server, home, "physician", 1), clients["physician"]
    now, then = open_page(client, path).text, open_page(client, path, AT).text
    assert '"/answer"' in now.replace("\\u002f", "/") and "/answer" not in then.replace("\\u002f", "/")
    assert "cohorts/change" not in open_page(client, "/cohorts", AT).text.replace("\\u002f", "/")
    form = {"kind": "refused"}
    with client.session_transaction() as session:
        form["csrf_token"] = session["csrf"]
    assert client.post(f"/answer{AT}", data=form).status_code == 409
    assert "frame-search" not in then


def test_a_file_of_the_past_holds_the_people_of_then(clients):
    now, then = (clients["physician"].get(f"/export/panel.csv?show=all{more}").text for more in ("", f"&as_of={THEN}"))
    assert "Crowd001" in then and "Crowd001" not in now


def test_a_day_of_which_nothing_is_kept_says_so_with_the_nearest(clients):
    answer = clients["physician"].get("/panel?show=all&as_of=2026-11-09")
    assert answer.status_code == 404 and "Nothing is kept of 9 Nov 2026" in answer.text
    assert "?show=all&amp;as_of=2026-11-03" in answer.text and "As it was on 22 Nov 2026" in answer.text
    drawn = open_page(clients["physician"], "/patient/whatever", "?as_of=2026-11-09")
    assert drawn.status_code == 200 and "Nothing is kept of 9 Nov 2026" in drawn.text and "Lopez" not in drawn.text
    assert clients["physician"].get("/export/panel.csv?as_of=2026-11-09").status_code == 404
    inputs = [{"id": "_pages_location", "property": "search", "value": "?as_of=2026-11-09"}]
    assert callback(clients["director"], "measure-go.href", [{"id": "measure-funnel", "property": "clickData", "value": {}}], inputs).status_code == 404


def test_the_last_version_of_each_day_stays_and_the_rest_goes(tmp_path, monkeypatch):
    monkeypatch.setenv("HUDDLEBOARD_KEEP_DAYS", "2")
    monkeypatch.setenv("HUDDLEBOARD_KEEP_MONTHS", "1")
    days = [date(2026, 9, 30), date(2026, 10, 30), date(2026, 10, 31), date(2026, 11, 20), date(2026, 11, 21), date(2026, 11, 21), *[date(2026, 11, 22)] * 4]
    for number, day in enumerate(days, 1):
        built = tmp_path / "build" / "x"
        built.parent.mkdir(exist_ok=True)
        built.write_bytes(b"version")
        publish.publish(tmp_path, f"{number:06d}", built)
        dated(tmp_path, day)
    publish.clean(tmp_path)
    # The served one and two before it; of 21 November the last; of October the last.
    assert [int(path.stem) for path in publish.versions(tmp_path)] == [3, 6, 8, 9, 10]
    assert {str(day): int(path.stem) for day, path in publish.days(tmp_path).items()} == {"2026-10-31": 3, "2026-11-21": 6, "2026-11-22": 10}


@WIDTHS
@pytest.mark.long
def test_choosing_a_day_and_going_back(visit, width):
    page = visit("physician", width=width, at="/panel?show=all")
    page.click(".as-of summary")
    page.select_option("#frame-as_of", label="3 Nov 2026")
    expect(page.locator(".past")).to_contain_text("As it was on 3 Nov 2026.")
    expect(page.locator("#page")).to_contain_text("Crowd001")
    assert_no_serious_faults(page)
    assert_fits(page)
    page.click("a:has-text('Lopez, Maria')")
    expect(page.locator(".patient-header")).to_be_visible()
    expect(page.locator(".past")).to_be_visible()
    page.click("text=Back to now")
    expect(page.locator(".past")).to_have_count(0)
    expect(page.locator(".patient-header")).to_be_visible()

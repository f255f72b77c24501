"""Lists as files: the people of the screen and no others, the log of it; the audit log by user and person; a build of another form."""

import csv
import io
import re

import pytest
from visits import USERS, open_page

from dashboard import database
from dashboard.access import accounts, audit, rules
from dashboard.access.tokens import token_of
from dashboard.build import publish
from dashboard.state import open_store
from dashboard.web.exports import _cell

EVERY = pytest.mark.parametrize("username", USERS)
NAMES = {1: "Lopez", 2: "Chen", 3: "Smith", 4: "Silva", 20: "Brownlee", 30: "Coleman", 40: "Duncan", 90: "Nobody", 5: "Gone"}
FILES = {"panel": "/export/panel.csv?show=all", "people": "/export/people.csv?rate=col-e&show=all", "audit": "/export/audit.csv"}


def read(answer):
    return list(csv.DictReader(io.StringIO(answer.get_data(as_text=True).removeprefix("\ufeff"))))


@EVERY
@pytest.mark.parametrize("name", FILES)
def test_a_file_for_those_who_may_and_404_for_all_others(home, clients, username, name):
    store, role = open_store(home), USERS[username][0]
    answer = clients[username].get(FILES[name])
    assert answer.status_code == (200 if role in rules.EXPORTS[name] else 404)
    assert audit.newest(store, 1)[0].action == ("exported" if answer.status_code == 200 else "refused")
    if name != "audit":
        assert {person for person, last in NAMES.items() if last in answer.text} <= USERS[username][3]


@EVERY
def test_the_file_of_a_panel_has_the_rows_of_the_list(clients, username):
    if USERS[username][0] not in rules.PEOPLE:
        return
    found = {person for person, last in NAMES.items() if any(last in row["Patient"] for row in read(clients[username].get(FILES["panel"])))}
    assert found == USERS[username][3]


@pytest.mark.parametrize("query", ["show=%00", "rate='", "rate=col-e&line=x&aspect=race&value=%E2%88%9E", "plan=9999", "scope=group:G2", "show=all&panels=1"])
def test_tampered_addresses_give_nobody_out_of_reach(clients, query):
    for name in ("panel", "people"):
        answer = clients["physician"].get(f"/export/{name}.csv?{query}")
        assert answer.status_code in (200, 404)
        assert "Duncan" not in answer.text and "Coleman" not in answer.text


def test_no_cell_is_a_formula():
    assert [_cell(value) for value in ("=1+1", "+1", "-1", "@a", "Lopez", None, -3)] == ["'=1+1", "'+1", "'-1", "'@a", "Lopez", "", -3]


def test_the_log_by_user_and_by_person(server, home, clients):
    key, store = server.extensions["huddleboard"].key, open_store(home)
    ids = {user.username: user.id for user in accounts.all_users(store)}
    open_page(clients["physician"], f"/patient/{token_of(key, ids['physician'], 2)}")
    open_page(clients["assistant"], f"/patient/{token_of(key, ids['assistant'], 1)}")
    token = token_of(key, ids["auditor"], 2)
    by_person = read(clients["auditor"].get(f"/export/audit.csv?person={token}"))
    assert by_person and {row["Person"] for row in by_person} == {"2"}
    by_user = read(clients["auditor"].get("/export/audit.csv?user=assistant&action=viewed+patient"))
    assert by_user and {(row["Who"], row["What"]) for row in by_user} == {("assistant", "viewed patient")}
    page = open_page(clients["auditor"], "/audit", f"?person={token}").text
    assert "person No. 2" in page and "No. 1\"" not in page
    assert read(clients["auditor"].get(f"/export/audit.csv?person={token_of(key, ids['physician'], 2)}")) == []
    assert re.search(r"no such person", open_page(clients["auditor"], "/audit", "?person=x").text)


def test_a_build_of_another_form_is_said_in_words(tmp_path):
    import house
    from visits import add_users, sign_in

    from dashboard.web.app import make_app
    house.publish_house(tmp_path)
    add_users(tmp_path)
    connection = database.connect(database.current_file(tmp_path))
    connection.execute("ALTER TABLE mart.panel DROP COLUMN open_gaps")
    connection.close()
    publish._point(tmp_path / "published", database.current_file(tmp_path))  # the file is whole as it is now
    client = sign_in(make_app(tmp_path), "physician")
    answer = open_page(client, "/panel")
    assert answer.status_code == 200 and "made by another version of Huddleboard" in answer.text
    assert client.get("/export/panel.csv").status_code == 503

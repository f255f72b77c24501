"""Page queries: every one has a rule, and one that returns people is limited to the viewer's."""

import functools
import re

import drawn
import pytest
from visits import PEOPLE, USERS
from werkzeug.exceptions import NotFound

from dashboard import queries
from dashboard.access import accounts, rules
from dashboard.access.viewer import viewer_of
from dashboard.build import sql
from dashboard.queries import ask
from dashboard.settings import QUERIES
from dashboard.state import open_store

NAMES = sorted(path.stem for path in (QUERIES / "page").glob("*.sql"))
BOUND_BY_ASK = {"panels", "answers", "changed", "shifted"}
EXAMPLES = {"show": "all", "sort": "matters", "search": "o", "page": 1, "page_size": 1000, "contract": None, "period": 2026, "day": None, "days": 5, "least": 30, "peers": 5, "sensitive": True}
LIST = {name: EXAMPLES[name] for name in ("show", "sort", "page", "page_size")}
ROLL_UP = {"line": "", "plan_key": "all", "by": "practice", "rate": "col-e", "reason": "", "aspect": "", "value": "", "service": "", "measure_id": "COL-E", "unit": 0, "measures": ["COL-E"], "people": [1],
           "lines": [0], "logged": [1, 40], "year": 2026, "facts": ["diabetes"], "fact": ["age"], "low": [0.0], "high": [None], "word": [None], "absent": [False], "settled": []}
ASKED = [name for name in NAMES if name not in rules.NOT_FOR_PAGES]


def question(name):
    return (QUERIES / "page" / f"{name}.sql").read_text(encoding="utf-8")


@functools.cache
def parameters(name):
    return sql.parameters(drawn._scratch(), question(name)) - BOUND_BY_ASK


@functools.cache
def viewer(home, username):
    return viewer_of(next(user for user in accounts.all_users(open_store(home)) if user.username == username))


def test_every_page_query_has_a_rule():
    assert set(ASKED) == set(rules.QUERIES)


@pytest.mark.parametrize("name", ASKED)
def test_a_query_for_people_is_limited_to_the_viewer_s(server, name):
    """A relation of mart with a column `person` holds people: reading one without $panels or one $person is the fault
    this test is for."""
    with server.extensions["huddleboard"].reader.cursor() as cursor:
        reads = sql.reads(cursor, question(name))
        holding = {f"mart.{table}" for (table,) in cursor.execute(
            "SELECT table_name FROM duckdb_columns() WHERE schema_name = 'mart' AND column_name = 'person'").fetchall()}
    if name == "people_in_log":  # names to find rows of the log by, of people who stand in it, and nothing else of them
        assert rules.QUERIES[name] == rules.LOG_READERS and "$logged" in question(name)
        assert set(re.search(r"ON \(person\) (.*)\n", question(name)).group(1).split(", ")) == {"person", "first_name", "last_name", "birth_date"}
    elif reads & holding:
        assert rules.QUERIES[name] <= rules.PEOPLE
        of_one = re.search(r"WHERE (r\.)?person = \$person", question(name))  # which `ask` answers for the viewer's people only
        assert of_one or re.search(r"panel IN \(SELECT unnest\(\$panels\)\)|list_contains\(\$panels, panel\)", question(name)), "limit it to $panels"
        assert not of_one or len(reads & holding) == 1, "a question about one person reads one relation of people"


@pytest.mark.parametrize("name", ASKED)
@pytest.mark.parametrize("username", USERS)
def test_no_viewer_gets_a_row_out_of_reach(server, home, name, username):
    who, reach = viewer(home, username), USERS[username][3]
    everyone = PEOPLE if "person" in parameters(name) else [None]
    for person in everyone:
        given = {key: (EXAMPLES | ROLL_UP | {"clinicians": ["1000000001"]}).get(key, person) for key in parameters(name)}
        with server.test_request_context():
            if not rules.may_ask(who.role, name):
                with pytest.raises(NotFound):
                    ask(name, who, **given)
                continue
            rows = ask(name, who, **given)
        reach = reach | set(given.get("logged", ()))
        assert all(row.person in reach for row in rows if hasattr(row, "person"))
        if person is not None and person not in reach:
            assert rows == []


@pytest.mark.parametrize("username", [name for name, user in USERS.items() if user[0] in rules.PEOPLE])
def test_counts_on_the_chips_are_the_rows_of_the_lists(server, home, username):
    who = viewer(home, username)
    with server.test_request_context():
        counts = ask("panel_counts", who)[0]
        lists = {show: ask("panel_people", who, **(LIST | {"show": show})) for show in ("all", "due", "month", "no-visit", "not-seen", "risk", "discharged", "likely")}
    assert [len(lists[show]) for show in lists] == [counts.everyone, counts.due, counts.due_this_month, counts.no_visit, counts.not_seen, counts.risky, counts.discharged, counts.likely]
    assert {row.person for row in lists["all"]} == USERS[username][3]


def test_pages_asked_for_together_are_the_pages(server, home, monkeypatch):
    monkeypatch.setattr(queries, "PAGES", 2)
    who = viewer(home, "analyst")
    with server.test_request_context():
        whole = ask("panel_people", who, **LIST | {"sort": "name"})
        pages = [queries.ask_page("panel_people", who, page, 1, show="all", sort="name") for page in range(1, len(whole) + 2)]
    assert len(whole) > 3
    assert [[row.person for row in page] for page in pages] == [[row.person] for row in whole] + [[]]


def test_a_page_cannot_bind_the_scope_itself(server, home):
    with server.test_request_context(), pytest.raises(TypeError, match="scope"):
        ask("panel_counts", viewer(home, "physician"), panels=[1])


def test_a_surplus_parameter_is_an_error(server, home):
    with server.test_request_context(), pytest.raises(TypeError, match="no parameter"):
        ask("panel_counts", viewer(home, "physician"), person=1)


def test_what_matters_most_comes_first(server, home):
    with server.test_request_context():
        rows = ask("panel_people", viewer(home, "analyst"), **LIST)
    assert [row.person for row in rows][:2] == [1, 20]
    assert rows[0].due_titles == ["Medicines reconciled after discharge", "Blood sugar out of control (A1c above 9)", "Colorectal cancer screening"]


@pytest.mark.parametrize(("text", "found"), [("lop", {1}), ("maria lo", {1}), ("lopez, m", {1}), ("1959-03-07", {1}), ("p-2", {2}), ("mrn3", {3}),
                                             ("brownlee", set()), ("%", set()), ("p-", set()), ("a", {1, 4})])
def test_search(server, home, text, found):
    with server.test_request_context():
        assert {row.person for row in ask("people_found", viewer(home, "physician"), search=text, page_size=50)} == found

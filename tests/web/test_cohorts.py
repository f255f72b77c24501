"""Cohorts: each viewer's own people, whatever is sent; kept and shared; a filter of the lists; by keyboard in a real browser."""

import pytest
from browsing import assert_fits, assert_no_serious_faults
from playwright.sync_api import expect
from test_page_queries import viewer
from visits import USERS, callback, open_page

from dashboard.access import audit, rules
from dashboard.cohorts import saved, words
from dashboard.cohorts.chosen import people_of
from dashboard.queries import ask, reader
from dashboard.state import open_store

LIST = {"show": "all", "sort": "matters", "page": 1, "page_size": 100}
WITH_PEOPLE = [name for name, user in USERS.items() if user[0] in rules.PEOPLE]


def send(client, **values):
    """What the forms of the screen send."""
    return client.post("/cohorts/change", data={"csrf_token": client.get_cookie("_csrf_token").value, **values})


@pytest.mark.parametrize("username", WITH_PEOPLE)
@pytest.mark.parametrize("who", ["age>=0", "diabetes", "admission_risk=high", "!diabetes", "gap=COL-E|admission_rising"])
def test_a_cohort_holds_the_viewer_s_people_only(server, home, username, who):
    with server.test_request_context():
        found = set(people_of(viewer(home, username), who))
    assert found <= USERS[username][3]
    if who == "age>=0":
        assert found == USERS[username][3]


def test_facts_of_the_house_are_found(server, home):
    with server.test_request_context():
        mso = viewer(home, "analyst")
        assert people_of(mso, "diabetes") == [1] and people_of(mso, "statin;a1c>=9") == [1] and people_of(mso, "a1c_risen") == [1]
        assert people_of(mso, "charlson>=3") == people_of(mso, "hcc_score>=0.5") == people_of(mso, "risk_risen") == [1]
        assert people_of(mso, "risk_tier=high") == [1, 20, 40], "by the predicted chance of an admission, of whom a model scored"
        assert people_of(mso, "risk_tier=low") == people_of(mso, "admission_risk=low") == [2] and people_of(mso, "hcc_score>=0.6") == []
        assert people_of(mso, "prompt=confirm") == people_of(mso, "prompt=consider") == [1]
        assert people_of(mso, "admission_risk=high") == [1, 20, 40] and people_of(mso, "admission_rising") == [1, 40]


@pytest.mark.parametrize("kind", ["confirm", "consider", "remove"])
def test_people_of_a_risk_prompt_are_those_of_their_cohort(server, home, kind):
    mso = viewer(home, "analyst")
    with server.test_request_context():
        counted = sum(getattr(row, f"{kind}_people") for row in ask("risk_by_place", mso))
        assert counted == len(people_of(mso, f"prompt={kind}"))


@pytest.mark.parametrize("username", WITH_PEOPLE)
def test_hot_spotters_are_offered_to_those_who_work_with_several_practices(server, home, username):
    with server.test_request_context():
        offered = [one.id for one in saved.all_for(viewer(home, username))]
    assert ("hot-spotters" in offered) == (USERS[username][0] in rules.PLACES) and "rising-risk" in offered


@pytest.mark.parametrize("username", WITH_PEOPLE)
def test_counts_and_lists_of_a_cohort_agree(server, home, username):
    who = viewer(home, username)
    with server.test_request_context():
        people = people_of(who, "diabetes|gap=COL-E")
        assert ask("panel_counts", who, people=people)[0].everyone == len(people)
        assert sorted({row.person for row in ask("panel_people", who, **LIST, people=people)}) == people
        # People who are sent from elsewhere are limited to the viewer's all the same.
        assert {row.person for row in ask("panel_people", who, **LIST, people=[1, 20, 40, 90])} <= USERS[username][3]


@pytest.mark.parametrize("username", USERS)
@pytest.mark.parametrize("path", ["/cohorts?who=age>=0", "/prediction", "/panel?cohort=rising-risk", "/panel?cohort=diabetes;age>=65", "/panel?cohort=999", "/cohorts?who=' OR 1=1",
                                  "/cohorts?fact=age&how=>=&value=x", "/cohorts?fact=nobody", "/panel?cohort=%00"])
def test_pages_open_for_those_who_work_with_people(clients, username, path):
    path, _, query = path.partition("?")
    wanted = 200 if USERS[username][0] in rules.PEOPLE else 404
    assert open_page(clients[username], path, f"?{query}").status_code == wanted


def test_the_filter_stands_in_the_address(clients):
    text = open_page(clients["physician"], "/panel", "?cohort=diabetes&show=all").text
    assert "of 1 patient: diabetes" in text and "cohort=diabetes" in text
    text = open_page(clients["analyst"], "/measure/people", "?rate=col-e&show=all&cohort=diabetes").text
    assert "(diabetes)" in text
    assert "Nobody in this list" in open_page(clients["other"], "/panel", "?cohort=diabetes&show=all").text


@pytest.mark.parametrize(("cohort", "here"), [("diabetes", True), ("!diabetes", False)])
def test_visits_of_a_day_are_limited_to_a_cohort(clients, cohort, here):
    text = open_page(clients["physician"], "/today", f"?cohort={cohort}").text
    assert ("Lopez" in text) == here and "of the cohort" in text


def test_course_and_measure_say_how_a_cohort_stands(clients):
    text = open_page(clients["director"], "/course", "?cohort=diabetes").text
    assert "in the cohort: diabetes" in text and "Share closed" in text and "cohort=diabetes" in text
    text = open_page(clients["director"], "/measure", "?rate=col-e&cohort=diabetes").text
    assert "Of the cohort " in text and "show=open" in text
    assert "Nobody of the cohort" in open_page(clients["director"], "/measure", "?rate=col-e&cohort=!diabetes;diabetes").text
    assert "Cohort: everybody" in open_page(clients["director"], "/course").text


@pytest.mark.parametrize("username", ["support", "director", "analyst"])
@pytest.mark.parametrize("who", ["age>=0", "diabetes|gap=COL-E", "admission_risk=high"])
def test_practices_of_a_cohort_count_what_their_lists_hold(server, home, username, who):
    with server.test_request_context():
        person = viewer(home, username)
        people = people_of(person, who)
        for row in ask("cohort_practices", person, people=people):
            chosen = {one.person for one in ask("panel_people", person, **LIST, people=people) if one.person in on_panels(person, row.practice_id)}
            assert (row.people, row.people_due, row.open_gaps) == (len(chosen), *due(person, chosen))
        if username != "support" or who != "age>=0":
            return
        # Everybody as a cohort is what the screen counts without one.
        assert {(row.practice_id, row.people, row.people_due, row.open_gaps, row.likely_people, row.rejected_claims) for row in ask("practices", person)} == {
            (row.practice_id, row.people, row.people_due, row.open_gaps, row.likely_people, row.rejected_claims)
            for row in ask("cohort_practices", person, people=people)}


def on_panels(person, practice_id):
    with reader().serving() as (_, cursor):
        return {row[0] for row in cursor.execute("SELECT person FROM mart.panel JOIN mart.clinician USING (panel) WHERE practice_id = $1", [practice_id]).fetchall()}


def due(person, people):
    rows = ask("panel_people", person, **LIST, people=sorted(people))
    return sum(row.open_gaps > 0 for row in rows), sum(row.open_gaps for row in rows)


@pytest.mark.parametrize("by", ["group", "practice", "clinician"])
def test_places_of_a_cohort_count_their_people_once(server, home, by):
    with server.test_request_context():
        mso = viewer(home, "analyst")
        everybody = {row.place: row for row in ask("places", mso, by=by, rate="col-e")}
        for row in ask("cohort_places", mso, by=by, rate="col-e", people=people_of(mso, "age>=0")):
            one = everybody[row.place]
            assert (row.denominator, row.closed, row.open_people, row.likely_people) == (one.denominator, one.closed, one.open_people, one.likely_people)
        assert sum(row.denominator for row in ask("cohort_places", mso, by="group", rate="col-e", people=[1])) == 1
        assert not ask("cohort_places", viewer(home, "director"), by=by, rate="col-e", people=[40, 90]), "of others nothing is counted"


def test_claim_lines_of_a_practice_are_those_of_the_cohort(server, home, clients):
    with server.test_request_context():
        mso = viewer(home, "analyst")
        lines = ask("claims_of_people", mso, reason="", service="", page=1, page_size=50, people=None)
        assert {row.person for row in lines} == {20, 30}
        assert {row.person for row in ask("claims_of_people", mso, reason="", service="", page=1, page_size=50, people=[20])} == {20}
        assert sum(row.claims for row in ask("claims_to_fix", mso, people=[20])) == 1 and ask("claims_to_fix", mso, people=[1]) == []
    text = open_page(clients["support"], "/practice", "?scope=practice:P1&show=errors&cohort=admission_risk=high").text
    assert "Only patients of the cohort" in text and "Brownlee" in text
    assert "Brownlee" not in open_page(clients["support"], "/practice", "?scope=practice:P1&show=errors&cohort=diabetes").text


def test_practices_and_compare_are_limited_to_a_cohort_and_few_stay_few(clients):
    text = open_page(clients["support"], "/practices", "?cohort=diabetes").text
    assert "in the cohort: diabetes" in text and "cohort=diabetes" in text and "Cohort: everybody" in open_page(clients["support"], "/practices").text
    text = open_page(clients["director"], "/compare", "?rate=col-e&by=practice&cohort=diabetes").text
    assert "Only patients of the cohort" in text and "Too few to compare" in text and "Change since a year ago" not in text
    assert "Nobody of this cohort counts" in open_page(clients["director"], "/compare", "?rate=col-e&cohort=diabetes;!diabetes").text


@pytest.mark.parametrize(("username", "path", "search"), [("physician", "/my-numbers", ""), ("support", "/practice", "scope=practice:P1&")])
def test_numbers_of_one_s_own_and_of_a_practice_say_how_a_cohort_stands(clients, username, path, search):
    text = open_page(clients[username], path, f"?{search}cohort=diabetes").text
    assert "How they stand" in text and "show=open" in text and "cohort=diabetes" in text
    assert "Nobody of this cohort counts" in open_page(clients[username], path, f"?{search}cohort=diabetes;!diabetes").text
    assert "Cohort: everybody" in open_page(clients[username], path, f"?{search}").text


def test_the_risk_screen_counts_a_cohort_and_leads_to_its_prompts(server, home, clients):
    with server.test_request_context("/"):
        mso = viewer(home, "director")
        everybody, some = (ask("risk_by_place", mso, people=people) for people in (None, people_of(mso, "age>=0")))
        assert everybody == some and everybody
        assert not ask("risk_by_place", mso, people=people_of(mso, "diabetes;!diabetes"))
        one_by_one = [row.people for one in people_of(mso, "age>=0") for row in ask("risk_by_place", mso, people=[one])]
        assert sum(one_by_one) == sum(row.people for row in everybody) and len(one_by_one) > len(everybody)
        assert ask("risk_reasons", mso, people=[]) == [] != ask("risk_reasons", mso)
    text = open_page(clients["director"], "/risk", "?cohort=age>=0").text
    assert "Only patients of the cohort" in text and "cohort=age%3E%3D0%3Bprompt%3D" in text


def test_how_a_cohort_stands_leads_to_its_people(server, home, clients):
    text = open_page(clients["director"], "/cohorts", "?who=diabetes").text
    assert "How they stand, measure by measure" in text and "rate=col-e" in text and "cohort=diabetes" in text
    with server.test_request_context():
        mso = viewer(home, "analyst")
        people = people_of(mso, "age>=0")
        row = next(row for row in ask("cohort_rates", mso, people=people) if row.slug == "col-e")
        listed = ask("measured_people", mso, rate="col-e", line="", reason="", aspect="", value="", show="open", page=1, page_size=50, people=people)
        assert row.open_people == len(listed)
        assert not ask("cohort_rates", viewer(home, "other"), people=[1])


def test_the_file_of_a_list_is_limited_as_the_list_is(clients):
    text = clients["analyst"].get("/export/panel.csv?show=all&cohort=diabetes").text
    assert "Lopez" in text and "Brownlee" not in text
    text = clients["analyst"].get("/export/people.csv?rate=col-e&show=all&cohort=admission_risk=high;!diabetes").text
    assert "Brownlee" in text and "Lopez" not in text


def test_kept_shared_and_removed(home, clients):
    def ids(username):
        return open_page(clients[username], "/cohorts").text
    assert send(clients["physician"], change="keep", name="Mine alone", who="diabetes", shared="no").status_code == 302
    assert "Mine alone" in ids("physician") and "Mine alone" not in ids("director")
    row = next(row for row in audit.newest(open_store(home), 20) if row.action == "cohort changed")
    assert row.username == "physician" and row.detail["change"] == "keep" and "Mine" not in str(row.detail)
    identity = row.detail["cohort"]
    assert send(clients["director"], change="share", cohort=identity).status_code == 404
    assert "Mine alone" not in open_page(clients["director"], "/panel", f"?cohort={identity}&show=all").text
    assert send(clients["physician"], change="share", cohort=identity).status_code == 302
    assert "Mine alone" in ids("director") and "Mine alone" in ids("other")
    assert send(clients["other"], change="remove", cohort=identity).status_code == 404
    assert send(clients["physician"], change="remove", cohort=identity).status_code == 302
    assert "Mine alone" not in ids("director")
    assert send(clients["physician"], change="remove", cohort=identity).status_code == 404


@pytest.mark.parametrize("values, told", [({"name": "", "who": "diabetes"}, "needs a name"), ({"name": "x", "who": ""}, "at least one line"),
                                          ({"name": "x", "who": "'; DROP TABLE cohort"}, "a word that no cohort knows")])
def test_what_is_no_cohort_is_not_kept(clients, values, told):
    assert send(clients["support"], change="keep", **values).status_code == 302
    assert told in open_page(clients["support"], "/cohorts").text


def test_forms_are_checked(clients):
    assert send(clients["physician"], change="keep", name="x", who="diabetes", csrf_token="wrong").status_code in (400, 403)
    assert send(clients["physician"], change="drop").status_code == 404
    assert send(clients["auditor"], change="keep", name="x", who="diabetes").status_code == 404
    assert clients["physician"].get("/cohorts/change").status_code == 405


@pytest.mark.parametrize("value", [None, 0, "", "x" * 10_000, "' OR 1=1", [], {"a": 1}, "age", "∞", "9" * 30])
def test_the_live_count_takes_what_it_gets(clients, value):
    names = ("cohorts-fact", "cohorts-how", "cohorts-value")
    state = [{"id": "cohorts-kept-who", "property": "value", "value": value}, {"id": "_pages_location", "property": "search", "value": ""}]
    answer = callback(clients["other"], "cohorts-count.children", [{"id": name, "property": "value", "value": value} for name in names], state)
    assert answer.status_code == 200 and len(answer.text) < 300


def test_the_page_of_the_model_says_why_nothing_is_scored(clients):
    text = open_page(clients["physician"], "/prediction").text
    assert "No scores are shown. 12 people had the event" in text and "never the cost" in text


def test_a_patient_s_prediction_is_told_with_its_drivers(visit):
    page = visit("physician", at="/panel?show=all&cohort=diabetes")
    page.locator("table.list tbody a").first.click()
    block = page.locator(".predicted")
    expect(block).to_contain_text("Inpatient admission in 12 months: high risk ↑ rising (31%; 12% half a year before)")
    expect(block).to_contain_text("heart failure (more), age (less)")
    assert_no_serious_faults(page)


def test_a_cohort_is_built_counted_kept_and_used_by_keyboard(visit):
    page = visit("physician", at="/cohorts")
    assert_no_serious_faults(page)
    page.locator("#cohorts-fact").focus()
    page.keyboard.type("diabetes")
    expect(page.locator("#cohorts-count")).to_contain_text("With this line: 1 patient")
    for _ in range(3):
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#page h1")).to_contain_text("1 patient in this cohort")
    assert "diabetes" in page.url
    page.locator("#cohorts-fact").focus()
    page.keyboard.type("age")
    page.keyboard.press("Tab")
    page.keyboard.type("at least")
    page.keyboard.press("Tab")
    page.keyboard.type("120")
    page.keyboard.press("Enter")
    expect(page.locator("#page h1")).to_contain_text("0 patients in this cohort")
    assert_no_serious_faults(page)
    page.locator(".cohort-lines a").last.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#page h1")).to_contain_text("1 patient in this cohort")
    page.get_by_role("textbox", name="Name").focus()
    page.keyboard.type("My diabetics")
    page.keyboard.press("Enter")
    expect(page.locator("table.list")).to_contain_text("My diabetics")
    page.locator("table.list tr", has_text="My diabetics").get_by_role("link", name="In My panel").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#page h1")).to_contain_text("of 1 patient: My diabetics")
    assert_no_serious_faults(page)
    page.set_viewport_size({"width": 390, "height": 800})
    assert_fits(page)


def test_words_of_a_line_can_all_be_chosen(server, home):
    from pages.cohorts import options, words_of
    with server.test_request_context():
        titles = words_of(viewer(home, "analyst"))
    for value, _ in options(titles):
        assert words.read(value if "(number" not in dict(options(titles))[value] else f"{value}>=1")

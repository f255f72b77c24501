"""My numbers: rates, targets and how far they are, for the physician alone."""

from browsing import assert_fits, assert_no_serious_faults
from playwright.sync_api import expect
from test_page_queries import viewer
from visits import open_page

from dashboard.queries import ask


def test_a_rate_is_of_one_s_own_patients(server, home):
    with server.test_request_context():
        mine = {row.slug: row for row in ask("rates", viewer(home, "physician"), line="")}
        whole = {row.slug: row for row in ask("rates", viewer(home, "director"), line="")}
    assert (mine["col-e"].denominator, whole["col-e"].denominator) == (1, 3)


def test_so_few_peers_are_no_band(server, home):
    with server.test_request_context():
        assert ask("peers", viewer(home, "physician"), least=1, peers=5) == []
        assert [row.peers for row in ask("peers", viewer(home, "physician"), least=1, peers=1)] != []


def test_few_patients_are_told_and_not_ranked(clients):
    text = open_page(clients["physician"], "/my-numbers").text
    assert "Fewer than 30 patients: too few to compare" in text
    assert "1 patient: too few to compare" in text


def test_without_a_target_the_one_number_is_my_panel_s(clients, server, home):
    """A gap of two rates is one gap, and a patient with two gaps one patient."""
    with server.test_request_context():
        due = ask("panel_counts", viewer(home, "physician"))[0].due
    text = open_page(clients["physician"], "/my-numbers").text
    assert f'"children":"{due}"' in text and "something due; too few count in any measure for a target" in text
    assert "something due" not in open_page(clients["physician"], "/my-numbers", "?year=2025").text


def test_only_those_who_treat_open_it(clients):
    assert {name: open_page(clients[name], "/my-numbers").status_code for name in ("physician", "director", "support", "auditor")} == {
        "physician": 200, "director": 404, "support": 404, "auditor": 404}


def test_a_crowd_is_compared_and_opens_its_list(visit):
    page = visit("physician", at="/my-numbers")
    row = page.locator("table.list").first.locator("tbody tr", has_text="Colorectal cancer screening").first
    expect(row).to_contain_text("0\u00a0% of\u00a0121")
    assert_no_serious_faults(page)
    row.locator("a.count").click()
    expect(page.locator("#page h1")).to_contain_text("121 patients")
    page.click("text=Back to my numbers")
    page.set_viewport_size({"width": 390, "height": 800})
    assert_fits(page)

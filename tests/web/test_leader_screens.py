"""Screens of provider office support and medical directors: sound for everybody, click paths by keyboard, numbers that agree."""

import re
from types import SimpleNamespace

import pytest
from browsing import WIDTHS, assert_fits, assert_no_serious_faults, press_until
from playwright.sync_api import expect

pytestmark = pytest.mark.long

SCREENS = [
    ("support", "/practices"), ("support", "/practice?scope=practice:P1"), ("support", "/practice?scope=practice:P1&show=errors"), ("support", "/practice?scope=practice:P1&show=goals"),
    ("director", "/course"), ("director", "/risk"), ("director", "/measure?rate=col-e"), ("director", "/measure/people?rate=col-e&show=open"), ("director", "/practices"),
    ("analyst", "/compare?by=clinician&rate=col-e"), ("analyst", "/practice"), ("administrator", "/data-health"), ("director", "/reconcile"), ("director", "/what-if"), ("director", "/board-pack"), ("director", "/disagreements"), ("support", "/reconcile?rate=col-e&plan=7"),
]


def go(page, address, path):
    page.goto(address + path)
    page.wait_for_selector("#page h1")
    return page


def press_to(page, words, tag="a"):
    """Press Tab until the link with these words has the focus, then Enter."""
    for _ in range(120):
        page.keyboard.press("Tab")
        if page.evaluate("([words, tag]) => document.activeElement.matches(tag) && document.activeElement.textContent.trim().startsWith(words)", [words, tag]):
            assert page.evaluate("getComputedStyle(document.activeElement).outlineWidth") == "3px"
            page.keyboard.press("Enter")
            return
    raise AssertionError(f"no {tag} {words!r} by keyboard")


@WIDTHS
@pytest.mark.parametrize(("username", "path"), SCREENS)
def test_a_screen_is_sound(visit, username, path, width):
    page = visit(username, width, at=path)
    page.evaluate("document.querySelectorAll('main details').forEach(details => details.open = true)")
    assert_no_serious_faults(page)
    assert_fits(page)


def test_400_percent_zoom_scrolls_down_only(visit, address):
    page = visit("director", width=320, height=256)
    for path in ("/course", "/measure?rate=col-e", "/practices"):
        assert_fits(go(page, address, path))


def test_which_practice_drags_a_measure_by_keyboard(visit):
    """Course > measure row by keyboard; the funnel's table twin leads on to the practice as its points do."""
    page = visit("director", at="/course")
    press_to(page, "Colorectal cancer screening")
    page.wait_for_url("**/measure?rate=col-e**")
    expect(page.locator("h1")).to_contain_text("patients open: Colorectal cancer screening")
    page.locator(".twin summary").first.click()
    page.locator(".twin table a", has_text="Alder Medicine").click()
    page.wait_for_url("**scope=practice%3AP1**")


def test_a_point_of_the_funnel_opens_its_practice(visit):
    page = visit("director", at="/measure?rate=col-e")
    page.wait_for_selector("#measure-funnel .scatterlayer .point")
    press_until(page, page.locator("#measure-funnel .scatterlayer .point").first, "**/practice?scope=practice**")
    expect(page.locator(".part-tabs")).to_be_visible()


def test_names_behind_a_number_in_one_click(visit):
    page = visit("director", at="/measure?rate=col-e")
    link = page.locator(".facts-line div", has_text="Open").locator("a").first
    number = link.text_content()
    link.click()
    expect(page.locator("h1 strong")).to_have_text(number)
    expect(page.locator(".pager")).to_contain_text(f"of {number}")


def test_who_stands_behind_a_risk_prompt_in_one_click(visit):
    page = visit("director", at="/risk")
    link = page.locator("td[data-label=Confirm] a").first
    number = link.text_content().split()[0]
    link.click()
    page.wait_for_url("**/panel?**prompt**")
    expect(page.locator("h1")).to_contain_text(f"of {number} patient")


def test_is_the_change_real_in_one_click(visit):
    page = visit("director", at="/course")
    page.locator("td[data-label='Since last month'] a").first.click()
    page.wait_for_selector(".chart h2 >> text=points since")


def test_how_to_read_the_charts_of_a_practice_is_said_above_its_cards(visit):
    page = visit("support", at="/practice?scope=practice:P1")
    expect(page.locator(".focus .chart").first).to_be_visible()
    expect(page.locator("p.note", has_text="Each year begins anew in January.")).to_have_count(1)
    expect(page.locator(".focus", has_text="Each year begins anew in January.")).to_have_count(0)


def test_why_they_miss_it_in_two_clicks(visit):
    """Practices > practice: the split stands there; the second click opens its people."""
    page = visit("support", at="/practices")
    press_to(page, "Alder Medicine")
    page.wait_for_selector(".focus")
    reason = page.locator(".focus .reasons li", has_text="Nothing on file").first
    number = reason.locator("a").text_content()
    press_to(page, number)
    page.wait_for_url("**/measure/people?**")
    expect(page.locator("h1 strong")).to_have_text(number)


def test_rejected_claims_lead_to_their_lines(visit):
    page = visit("support", at="/practices")
    page.locator("td a[href*='reason=rejected']").first.click()
    expect(page.locator("h2", has_text="claim line")).to_have_text("1 claim line")
    expect(page.get_by_role("link", name="Brownlee, Bea")).to_be_visible()


def test_clinicians_have_names_for_their_director_only(visit):
    director = visit("director", at="/compare?by=clinician&rate=col-e")
    expect(director.locator("#page")).to_contain_text("Adams, Alice")
    analyst = visit("analyst", at="/compare?by=clinician&rate=col-e")
    expect(analyst.locator("#page")).to_contain_text("Clinician 1, Alder Medicine")
    assert "Adams" not in analyst.locator("#page .page").inner_text()


def test_too_few_are_never_ranked(visit):
    page = visit("director", at="/compare?by=practice&rate=col-e")
    expect(page.locator(".few")).to_contain_text("Birch Care 1 patient: too few to compare")
    assert "Birch" not in (page.locator(".chart").inner_text() if page.locator(".chart").count() else "")


@pytest.mark.parametrize(("role", "chosen"), [("director", "Practices"), ("analyst", "Groups")])
def test_one_group_alone_is_shown_by_its_practices(visit, role, chosen):
    page = visit(role, at="/compare?rate=col-e")
    expect(page.locator("nav[aria-label=Compare] .chosen")).to_have_text(f"shown: {chosen}")


def test_a_plan_without_a_goal_says_so(visit):
    page = visit("director", at="/course?plan=8")
    expect(page.locator("#page")).to_contain_text("No public target for these plans")
    assert not re.search(r"\b0 patients from target", page.locator("#page").inner_text())


def test_a_measure_that_nobody_counts_in_is_not_0(visit):
    page = visit("director", at="/measure?rate=nothing-of-the-kind")
    expect(page.locator("#page")).to_contain_text("Not computed")


def test_data_health_names_nobody(visit):
    page = visit("administrator", at="/data-health")
    text = page.locator("#page").inner_text()
    assert "What arrived" in text and "Visits (record)" in text
    expect(page.get_by_role("table", name="doubt").get_by_role("row").nth(1)).to_contain_text("ehr_a, lab results")
    assert not {"Lopez", "Brownlee", "p-1"} & set(re.findall(r"[\w-]+", text))


def test_a_chart_is_drawn_where_a_screen_has_one_and_waits_for_nothing_elsewhere(visit, address):
    page = visit("director")
    asked = []
    page.on("request", lambda request: asked.append(request.url) if "plotly" in request.url else None)
    go(page, address, "/course")
    assert not asked
    go(page, address, "/measure?rate=col-e")
    expect(page.locator(".js-plotly-plot .main-svg").first).to_be_visible()
    assert {url.rpartition("/")[2] for url in asked} == {"plotly-basic-4.1.1.min.js"}


def test_the_change_of_a_rate_is_told_in_parts_that_add_up(visit, address):
    """Of 121 patients in October 24 were closed by claims that were taken back since: all of the fall is late data."""
    page = visit("director", at="/measure?rate=col-e&scope=practice:P1")
    section = page.locator("section", has=page.locator("h2", has_text="since 31 Oct 2026"))
    expect(section.locator("h2")).to_contain_text("mostly late data")
    changes = [float(text.split()[0].replace("\N{MINUS SIGN}", "-")) for text in section.locator("tbody td.number").all_inner_texts()]
    assert changes[3] < -15 and changes[4] == pytest.approx(sum(changes[:4]), abs=0.11)
    expect(section.locator("tbody tr").nth(3)).to_contain_text("0 closed, 24 open again")
    row = go(page, address, "/course?scope=practice:P1").locator("tr", has_text="Colorectal cancer screening").first
    expect(row).to_contain_text("late data -")


def test_data_health_counts_feeds_as_the_line_of_every_page_does(address):
    """Three kinds of file of two feeds, both files of one late: one feed of two is late."""
    from pages.data_health import heading, rhythm_words
    feeds = [SimpleNamespace(feed=name, late_days=late, usual_days=31) for name, late in (("A", 18), ("A", 18), ("B", None))]
    late, told, files = heading(feeds)["props"]["children"][:3]
    assert str(late["props"]["children"]) + told == "1 of 2 feeds is late"
    assert files["props"]["children"] == ", 2 of 3 kinds of file"
    assert (rhythm_words(1), rhythm_words(31)) == ("every day", "every 31 days")


def test_whom_to_visit_goes_by_patients_who_can_still_be_closed(address):
    """8 to goal of which 2 can still close weigh 2, and is told after a goal within reach."""
    from pages.practices import in_reach, reason
    def goal(title, still):
        return SimpleNamespace(title=title, level="4 stars", closable=still)
    row, goals = SimpleNamespace(practice_id="P1", rejected_claims=0), [(8, goal("Late", 2)), (3, goal("Eye exam", 5))]
    assert in_reach(row, {"P1": goals}) == 2 + 3
    assert reason(row, goals) == "3 patients to the 4-star line in Eye exam."

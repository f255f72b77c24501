"""What is kept between requests: bounded, per version, and never another viewer's."""

import house
import pytest
from visits import PASSWORD, add_users, open_page, sign_in

from dashboard.access import accounts
from dashboard.components.elements import dcc, html
from dashboard.kept import Kept
from dashboard.state import open_store
from dashboard.web.app import make_app


def test_what_nobody_asks_for_is_forgotten_first():
    kept, made = Kept(answers=2, rows=100), []
    for key in ("a", "b", "a", "c", "a", "b"):
        kept.get(key, lambda key=key: made.append(key) or key)
    assert made == ["a", "b", "c", "b"]


def test_rows_are_bounded_and_a_huge_answer_is_not_kept():
    kept, made = Kept(answers=100, rows=20), []
    for key, rows in (("a", 2), ("huge", 3), ("b", 2), ("huge", 3), *((f"more{i}", 2) for i in range(10)), ("a", 2), ("more9", 2)):
        kept.get(key, lambda key=key, rows=rows: made.append(key) or [0] * rows)
    assert made == ["a", "huge", "b", "huge", *(f"more{i}" for i in range(10)), "a"]


@pytest.fixture(scope="module")
def busy(tmp_path_factory):
    """An application over a house of its own, which the tests here publish anew."""
    home = tmp_path_factory.mktemp("kept")
    house.publish_house(home)
    add_users(home)
    return home, make_app(home)


def panel(server, username):
    return open_page(sign_in(server, username), "/panel", "?show=all").text


def test_two_viewers_of_one_page_each_see_their_own(busy):
    _, server = busy
    assert "Duncan" not in panel(server, "director")
    assert "Duncan" in panel(server, "analyst")
    assert "Duncan" not in panel(server, "director")
    assert "Brownlee" not in panel(server, "physician")


def test_a_scope_that_ends_ends_at_the_next_click(busy):
    home, server = busy
    accounts.add_user(open_store(home), "mover", "physician", PASSWORD)
    accounts.add_scope(open_store(home), "mover", "clinician", "1000000001")
    client = sign_in(server, "mover")
    assert "Lopez" in open_page(client, "/panel", "?show=all").text
    accounts.end_scopes(open_store(home), "mover")
    assert "Lopez" not in open_page(client, "/panel", "?show=all").text


def test_a_new_version_is_seen_at_the_next_click(busy):
    home, server = busy
    client = sign_in(server, "physician")
    assert "Crowd" not in open_page(client, "/panel", "?show=all").text
    house.publish_house(home, crowd=3)
    assert "Crowd" in open_page(client, "/panel", "?show=all").text


def test_elements_are_what_dash_makes_of_them():
    from dash import dcc as dash_dcc
    from dash import html as dash_html
    ours = html.Div([html.Span("a", className="b"), dcc.Link("c", href="/d")], id="e", **{"aria-label": "f", "data-g": 1})
    theirs = dash_html.Div([dash_html.Span("a", className="b"), dash_dcc.Link("c", href="/d")], id="e", **{"aria-label": "f", "data-g": 1})
    assert ours == {**theirs.to_plotly_json(), "props": {**theirs.to_plotly_json()["props"], "children": [
        child.to_plotly_json() for child in theirs.children]}}


def test_an_unknown_property_or_element_is_a_fault():
    with pytest.raises(TypeError, match="Span has no klass"):
        html.Span("a", klass="b")
    with pytest.raises(AttributeError):
        html.Spam("a")

"""The slip test: for every measure that is one slip away from a card, some example fails. `make slips` tries all, the suite one of four."""

import os

import pytest

from dashboard.measures import slips
from dashboard.measures.examples import read_examples
from dashboard.measures.run import default_folder

pytestmark = pytest.mark.long


def test_some_example_notices_every_slip(cards):
    left, tried = slips.survivors(default_folder(), every=int(os.environ.get("HUDDLEBOARD_TEST_SLIPS", "4")))
    explained = slips.equal_slips(cards).keys() & tried
    assert [text for text in left if text not in explained] == []
    assert sorted(explained - set(left)) == [], "these do make a difference, or no card has them any more"


def test_every_variant_has_examples(cards):
    tried = {(e.variant.measure_id, e.variant.name) for e in read_examples(cards)}
    assert [f"{v.measure_id} {v.name}" for v in cards.variants if (v.measure_id, v.name) not in tried] == []


def test_every_slip_has_a_name_of_its_own(cards):
    texts = [slip.text for variant in cards.variants for slip in slips.slips_of(cards, variant)]
    texts += [slip.text for slip in slips.shared_slips(cards, list(cards.variants))]
    assert sorted({text for text in texts if texts.count(text) > 1}) == []


@pytest.mark.parametrize("line, wanted", [
    ({"aged": {"from": 46, "to": 75, "at": "end"}}, {
        "aged from 46 -> 45", "aged from 46 -> 47", "aged to 75 -> 74", "aged to 75 -> 76", "aged without from", "aged without to", "aged at end -> start"}),
    ({"had": "fobt", "within_years": 5}, {"within_years 5 -> 4", "within_years 5 -> 6"}),
    ({"count": {"of": "visit", "least": 2}}, {"count least 2 -> 1", "count least 2 -> 3"}),
    ({"of": "test", "value": {"below": 8}}, {"value below 8 -> 7", "value below 8 -> 9", "value below -> at_most", "without value"}),
    ({"of": "test", "starts": {"from": {"index": "-60 days"}, "to": "index"}}, {
        "starts from index -60 days -> -61 days", "starts from index -60 days -> -59 days", "starts without from", "starts without to", "without starts"}),
    ({"any": ["one", {"first": "two"}]}, {"any without one", "any without 2 first two", "any 2 first two: first -> last"}),
    ({"of": ["one", "two"], "with": {"of": "three", "linked": "it"}}, {
        "of without one", "of without two", "without with", "with without linked"}),
])
def test_slips_of_a_line(line, wanted):
    assert {text for text, _ in slips.mutations(line)} == wanted


def test_outer_bounds_of_strata_repeat_the_population():
    strata = [{"aged": {"from": 46, "to": 49}}, {"aged": {"from": 50, "to": 75}}]
    texts = {text for text, _ in slips._of_strata(strata)}
    assert "line 1: aged to 49 -> 50" in texts and "line 2: aged from 50 -> 49" in texts
    assert not any("46" in text or "75" in text for text in texts if "->" in text)

"""What `with` and `without` find must be tied to the event at hand."""

from dataclasses import replace
from datetime import date

import pytest

from dashboard.measures.at_hand import ends_in_it
from dashboard.measures.cards import CardError, load_cards
from dashboard.measures.compile import compile_variant
from dashboard.measures.phrases import FILTERS
from dashboard.measures.run import default_folder


@pytest.mark.parametrize("phrase, tied", [
    ({"of": "diabetes", "kind": "visit_diagnosis", "linked": "it"}, True),
    ({"of": "load", "ends": {"to": {"it": "-90 days"}}}, True),
    ({"of": "load", "overlaps": {"from": "it.start", "to": "it.end"}}, True),
    ({"either": [{"of": "a", "linked": "it"}, {"of": "b", "starts": "it"}]}, True),
    ({"either": [{"of": "a", "linked": "it"}, {"of": "b", "starts": "period"}]}, False),
    ({"of": "load", "linked": "it", "starts": "period"}, False),
    ({"of": "load"}, False),
    ("load", False),
])
def test_the_last_filter_ties_what_is_found(phrase, tied):
    assert ends_in_it(phrase, FILTERS) is tied


def test_a_card_that_ties_nothing_is_refused():
    cards = load_cards(default_folder())
    variant = cards.variant("CMS124")
    loose = replace(variant, events=variant.events | {"loose": {"of": "pap_test", "with": {"of": "hpv_test", "starts": "period"}}},
                    rates=(replace(variant.rates[0], lines=variant.rates[0].lines | {"numerator": ["loose"]}),))
    with pytest.raises(CardError, match=r"says nothing of `it`. End with it"):
        compile_variant(cards, loose, date(2026, 1, 1), date(2026, 12, 31))

"""The generated parts of measures/README.md are those of today's cards."""

from dashboard.measures import docs
from dashboard.measures.cards import load_cards
from dashboard.settings import MEASURES


def test_the_readme_of_measures_is_fresh():
    text = (MEASURES / "README.md").read_text()
    assert "<!-- words: generated -->" in text and "<!-- measures: generated -->" in text
    assert docs.renewed(text, load_cards(MEASURES)) == text, "run `python -m dashboard.measures.docs`"

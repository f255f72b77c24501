"""Measure cards to evidence: load_cards reads and checks them, run_cards counts them."""

from dashboard.measures.cards import CardError, Cards, load_cards
from dashboard.measures.run import default_folder, run_cards

__all__ = ["CardError", "Cards", "default_folder", "load_cards", "run_cards"]

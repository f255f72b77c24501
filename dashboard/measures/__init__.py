"""Measure cards to evidence: load_cards reads and checks them, compile_cards makes SQL of them, run_cards counts them."""

from dashboard.measures.cards import CardError, Cards, load_cards
from dashboard.measures.run import ask_concepts, compile_cards, count_among, default_folder, run_cards

__all__ = ["CardError", "Cards", "ask_concepts", "compile_cards", "count_among", "default_folder", "load_cards", "run_cards"]

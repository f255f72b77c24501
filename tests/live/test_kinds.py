"""How each relation of the mart is brought up to date, and that what it needs for that is kept."""

from functools import cache

import pytest

from dashboard import database
from dashboard.build import kept, sql
from dashboard.live.stages import WHOLE

MART = sql.relations("mart")
ITEMS = {item.full_name: item for layer in ("valid", "coded", "result", "history", "mart") for item in sql.relations(layer)}


@cache
def connection():
    return database.connect(threads=1)


@cache
def ground(relation: str) -> frozenset[str]:
    """The relations on which one stands that a refresh cannot make from kept rows, reference data or files."""
    if relation in kept.KNOWN or relation in WHOLE or relation.startswith("reference."):
        return frozenset()
    if relation not in ITEMS:
        return frozenset({relation})
    return frozenset().union(*(ground(name) for name in sql.reads(connection(), ITEMS[relation].text)))


@pytest.mark.parametrize("item", MART, ids=lambda item: item.name)
def test_each_relation_of_the_mart_says_how_it_is_brought_up_to_date(item):
    assert item.kind in ("per person", "counts", "whole", sql.FULL), "see dashboard/live/README.md"


@pytest.mark.parametrize("item", [item for item in MART if item.kind in ("counts", "whole")], ids=lambda item: item.name)
def test_a_roll_up_stands_on_what_is_kept(item):
    assert not ground(item.full_name), "keep it in dashboard/build/kept.py, or make the relation one per person"


@pytest.mark.parametrize("item", [item for item in MART if item.kind == "counts"], ids=lambda item: item.name)
def test_counts_are_columns_of_the_relation(item):
    assert all(f" AS {count}" in item.text or f" {count}," in item.text or f", {count}\n" in item.text for count in item.counts)

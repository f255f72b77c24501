"""Fixtures for every test: `run` a query over drawn tables and compare with `rows`."""

import os

import drawn
import pytest
import quick_passwords

rows = drawn.rows
quick_passwords.use()
# Workers share the cores, and the small builds of tests take a quarter more processor time on two threads than on one. The laws run on both.
os.environ.setdefault("HUDDLEBOARD_THREADS", "1")


@pytest.fixture
def run():
    """run("valid/medical_claim", {"extract.medical_claim": "..."}, as_of="2024-12-31") == rows("...")"""
    return drawn.run


def pytest_collection_modifyitems(items):
    """Files that take long first: no worker ends up alone with one of them."""
    long = {item.path for item in items if item.get_closest_marker("long")}
    items.sort(key=lambda item: item.path not in long)


def pytest_assertrepr_compare(op, left, right):
    """Show two tables, and what only one of them has."""
    if op != "==" or not (isinstance(left, drawn.Rows) and isinstance(right, drawn.Rows)):
        return None
    found, wanted = left.difference
    only = ["but only the answer has:", *sorted(found - wanted), "and only the drawing:", *sorted(wanted - found)]
    return ["answer == drawing", *repr(left).splitlines(), *only]

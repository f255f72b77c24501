"""Which variants count whom anew in a pass (Standing.weigh), on tables that one can check by eye."""

from contextlib import closing
from types import SimpleNamespace

import drawn
import pytest

from dashboard import database
from dashboard.build import macros
from dashboard.live.standing import Standing
from dashboard.measures.batches import WANTED, put_rows
from dashboard.measures.run import read_words
from dashboard.settings import MEASURES

# The first set is asked by the first variant, the second by both; the second wants people who have another event, too: who has is not known yet.
SETS = [{"batch": 1, "set": 1, "concept": 7, "askers": "1", "masks": [1], "forbidden": [], "start_low": "2026-01-01", "with_number": False},
        {"batch": 2, "set": 2, "concept": 8, "askers": "3", "masks": [1], "forbidden": [], "near": "4", "with_number": False}]
CHANGED = """
    concept | person | fact | kinds | start_date
    7       | 1      | 10   | 1     | 2026-05-01
    7       | 2      | 20   | 1     | 2025-12-31
    8       | 3      | 30   | 1     | 2026-05-01
    7       | 3      | 31   | 1     | 2026-05-02
    9       | 4      | 40   | 1     | 2026-05-01
"""
VARIANTS = [(SimpleNamespace(variant=SimpleNamespace(name=name)), rate) for rate, name in enumerate(("HEDIS", "MIPS"), 1)]


@pytest.mark.parametrize("again, told", [((), {1: 1, 3: 3, 5: -1}), (("plan_gap",), {1: 1, 2: 1, 3: 3, 4: 1, 5: -1})])
def test_a_variant_counts_those_anew_of_whom_what_it_asks_for_differs(again, told):
    with closing(database.connect(threads=1)) as connection:
        macros.prepare(connection)
        for name in drawn._known():
            if name.startswith("coded."):
                drawn.create_empty(connection, name, drawn._known()[name])
        read_words(connection, MEASURES)
        drawn.create(connection, "coded.person", "person\n1\n2\n3\n4\n5")
        drawn.create(connection, "coded.event", CHANGED)
        put_rows(connection, "wanted", WANTED, SETS)
        connection.execute("CREATE TABLE touched AS FROM range(1, 6) AS t(person); CREATE TABLE wide AS SELECT 5 AS person")
        stands = object.__new__(Standing)
        stands.connection, stands.again, stands.changed_event = connection, frozenset(again), "coded.event"
        assert dict(connection.execute(f"FROM {stands.weigh(VARIANTS)}").fetchall()) == told

"""Every query of the layer can be planned and gives no row for no input."""

import pytest

from dashboard.settings import QUERIES

PARTS = sorted(f"coded/{p.relative_to(QUERIES / 'coded').with_suffix('')}" for p in (QUERIES / "coded").rglob("*.sql"))


@pytest.mark.parametrize("name", [*PARTS, "coded/event"])
def test_nothing_comes_from_nothing(run, name):
    assert len(run(name, {})) == 0

"""A build of many people, a range of them after the other and with coded events in a file, says what a build at once says, row for row."""

from contextlib import closing

import landed
import pytest

from dashboard import database
from dashboard.build import driver, pieces
from dashboard.build.driver import build

pytestmark = pytest.mark.long


def test_a_build_in_pieces_says_what_one_at_once_says(tmp_path, monkeypatch):
    home = tmp_path / "home"
    landed.take_in(landed.extract(tmp_path), home)
    build(home, landed.AS_OF, landed.MEASURES)
    monkeypatch.setattr(driver, "FEW_ROWS", 0)
    monkeypatch.setattr(driver, "MANY_ROWS", 0)
    monkeypatch.setattr(pieces, "PEOPLE_AT_ONCE", landed.MEMBERS // 5)
    made = []
    monkeypatch.setattr(pieces, "ranges", lambda *given, of=pieces.ranges: made.append(of(*given)) or made[-1])
    assert landed.differences(home) == {}
    assert {len(ranges) > 4 for ranges in made} == {True}
    assert [path.name for path in (home / "build").rglob("large.duckdb*")] == []
    build(home, landed.AS_OF, landed.MEASURES)
    with closing(database.connect_published(home)) as served:
        people = [person for (person,) in served.execute("SELECT person FROM mart.event ORDER BY rowid").fetchall()]
    assert people == sorted(people) and len(set(people)) > landed.MEMBERS // 2

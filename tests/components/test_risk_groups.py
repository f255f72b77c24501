"""A group's row of the risk screen: means by who is scored in both years, counts summed."""

from decimal import Decimal
from types import SimpleNamespace

from dashboard.components.risk_groups import groups


def practice(group, twice, now, before, v24, **counts):
    means = {name: value and Decimal(value) for name, value in (("now", now), ("before", before), ("before_v24", v24))}
    plain = dict.fromkeys(("people", "scored", "kept", "missing", "confirm", "consider", "remove", "high_risk"), 1)
    return SimpleNamespace(group_id=group, group_name=f"Group {group}", twice=twice, **means, **plain | counts)


def test_a_mean_is_of_the_people_and_not_of_the_practices():
    (whole,) = groups([practice("G1", 30, "1.000", "0.900", "1.100", confirm=4), practice("G1", 10, "2.000", "1.300", "1.500"), practice("G1", 0, None, None, None),
                       practice("G2", 50, "9.000", "9.000", "9.000")])
    assert (whole.practice_name, whole.twice, whole.confirm, whole.people) == ("All of Group G1", 40, 6, 3)
    assert (whole.now, whole.before, whole.before_v24) == (Decimal("1.25"), Decimal("1.0"), Decimal("1.2"))


def test_where_nobody_is_scored_twice_there_is_no_mean():
    (whole,) = groups([practice("G1", 0, None, None, None), practice("G1", 0, None, None, None)])
    assert whole.now is whole.before is whole.before_v24 is None

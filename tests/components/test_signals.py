"""What needs a director, in which order."""

from dashboard.components.signals import in_turn


def test_no_kind_of_signal_hides_the_others():
    assert in_turn([["month 1", "month 2", "month 3"], ["late"], [], ["practice 1", "practice 2"]]) == [
        "month 1", "late", "practice 1", "month 2", "practice 2", "month 3"]

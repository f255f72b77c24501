"""What moved a score, in words."""

from datetime import date
from decimal import Decimal
from types import SimpleNamespace

from dashboard.components.risk import _moves, tier


def factor(name, label, now, before, standing, condition=True):
    return SimpleNamespace(factor=name, label=label, is_condition=condition, standing=standing, last_date=date(2026, 5, 3),
                           now=Decimal(now) if now else None, before=Decimal(before) if before else None)


def test_what_is_found_lost_and_older_reads_in_words_greatest_first():
    assert _moves([
        factor("HCC226", "Heart failure", "0.360", "", "added"), factor("HCC280", "Lung disease", "", "0.319", "lost"),
        factor("HCC37", "Diabetes", "0.166", "0.166", "kept"), factor("F65_69", "age and sex", "", "0.330", "lost", False),
        factor("F70_74", "age and sex", "0.395", "", "added", False),
    ]) == ["+0.360 Heart failure: found 3 May 2026", "−0.319 Lung disease: on no claim of this year", "+0.065 age and sex"]


def test_a_tier_is_a_word_and_an_arrow_and_nothing_for_who_was_never_seen():
    assert "▲" in str(tier(SimpleNamespace(risk_tier="high", risk_moved="up"))) and "up" in str(tier(SimpleNamespace(risk_tier="high", risk_moved="up")))
    assert tier(SimpleNamespace(risk_tier=None, risk_moved="same")) == ""

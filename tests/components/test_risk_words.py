"""What moved a score, in words."""

from datetime import date
from decimal import Decimal
from types import SimpleNamespace

from dashboard.components.risk import _moves, _plan_score, _tier_of, lace, tier


def factor(name, label, now, before, standing, condition=True):
    return SimpleNamespace(factor=name, label=label, is_condition=condition, standing=standing, first_date=date(2026, 5, 3), last_date=date(2026, 9, 1),
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


def words(part) -> str:
    """What stands on the screen, tooltips left out."""
    if isinstance(part, (list, tuple)):
        return "".join(map(words, part))
    children = part.get("props", {}).get("children") if isinstance(part, dict) else getattr(part, "children", part)
    return "" if children is None else children if isinstance(children, str) else words(children)


def test_who_has_no_tier_is_told_why_and_nothing_is_said_of_a_year_that_is_not_known():
    assert words(_tier_of(SimpleNamespace(tier=None, untiered="no claim of this year or the last names a diagnosis"))) == "No risk tier: no claim of this year or the last names a diagnosis."
    known = SimpleNamespace(tier="medium", moved=None, charlson=1, charlson_before=None, conditions=["Dementia"], elixhauser=0)
    assert words(_tier_of(known)) == "Medium: Charlson index 1, a year ago not known (Dementia). Elixhauser 0."


def test_a_plan_s_score_is_told_with_its_model_day_and_sender():
    score = {"model": "CDPS+Rx", "model_version": "7.0", "plan": "Plan B", "score": 1.4, "score_date": date(2026, 7, 1), "before": 1.25, "before_date": date(2026, 1, 1)}
    assert words(_plan_score(score)) == "CDPS+Rx 7.0: 1.400 as of 1 Jul 2026, before 1.250 (1 Jan 2026). As computed and sent by Plan B; not recomputed here."
    assert words(_plan_score(score | {"before": None, "plan": None})) == "CDPS+Rx 7.0: 1.400 as of 1 Jul 2026. As computed and sent by the plan; not recomputed here."


def test_lace_says_what_it_is_made_of_and_that_it_is_the_least_while_a_bill_is_missing():
    row = SimpleNamespace(lace=10, lace_complete=True, length_points=4, acuity_points=3, comorbidity_points=3, emergency_points=0)
    assert words(lace(row)) == "LACE 10 high (L 4, A 3, C 3, E 0)"
    assert words(lace(SimpleNamespace(**vars(row) | {"lace": 7, "lace_complete": False, "acuity_points": None}))) == "LACE at least 7 (L 4, A ?, C 3, E 0)"
    assert lace(SimpleNamespace(lace=None)) == ""

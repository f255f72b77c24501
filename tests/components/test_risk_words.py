"""What moved a score, in words."""

from datetime import date
from decimal import Decimal
from types import SimpleNamespace

from dashboard.components.risk import _chronic, _drug_score, _illnesses, _no_score, _plan_score, _tier_of, lace, tier
from dashboard.components.risk_history import as_said, since


def shown(**facts):
    return tier(SimpleNamespace(**{"risk_tier": "high", "risk_moved": "up", "risk_probability": None, "charlson": 3} | facts))


def test_a_tier_is_a_word_and_an_arrow_and_nothing_for_who_was_never_seen():
    assert words(shown()) == "high ▲ up"
    assert shown(risk_tier=None, risk_moved="same") == ""


def test_the_tooltip_of_a_tier_says_what_it_goes_by():
    assert "By illnesses, no prediction: Charlson index 3" in str(shown())
    assert "Predicted chance of a hospital admission within 12 months: 14%" in str(shown(risk_probability=0.142))


def words(part) -> str:
    """What stands on the screen, tooltips left out."""
    if isinstance(part, (list, tuple)):
        return "".join(map(words, part))
    children = part.get("props", {}).get("children") if isinstance(part, dict) else getattr(part, "children", part)
    return "" if children is None else children if isinstance(children, str) else words(children)


KNOWN = SimpleNamespace(tier="medium", moved=None, by_prediction=False, probability=None, earlier_probability=None, illness_tier="medium", illness_moved=None,
                        charlson=1, charlson_before=None, conditions=["Dementia"], elixhauser=0, untiered=None)


def test_one_tier_leads_and_the_illnesses_stand_below_it_under_their_own_name():
    assert words(_tier_of(KNOWN)) == "Medium: by illnesses, since no valid model of admissions scored this patient."
    assert words(_illnesses(KNOWN)) == "Illnesses: medium, Charlson index 1, a year ago not known (Dementia). Elixhauser 0."
    predicted = SimpleNamespace(**vars(KNOWN) | {"tier": "high", "moved": "up", "by_prediction": True, "probability": 0.14, "earlier_probability": 0.06})
    assert words(_tier_of(predicted)) == "High ▲ up: 14% predicted chance of a hospital admission within 12 months, half a year before 6%."


def test_who_has_no_illnesses_to_go_by_is_told_why():
    unread = SimpleNamespace(**vars(KNOWN) | {"tier": None, "illness_tier": None, "untiered": "no claim of this year or the last names a diagnosis"})
    assert words(_tier_of(unread)) == "No risk tier: no prediction, and no illnesses to go by."
    assert words(_illnesses(unread)) == "Illnesses: not known, no claim of this year or the last names a diagnosis."


def test_chronic_conditions_are_counted_and_named():
    assert words(_chronic([("diabetes", date(2026, 5, 3)), ("asthma", date(2025, 1, 2))])) == "2 chronic conditions: diabetes (3 May 2026), asthma (2 Jan 2025)."
    assert words(_chronic([])) == "No chronic condition is told of in two years."


def test_the_right_model_by_payer_is_said():
    assert "valid for Medicare only" in _no_score(SimpleNamespace(plan_scores=[])) and "none was sent" in _no_score(SimpleNamespace(plan_scores=[]))
    assert "the plan's own score is below" in _no_score(SimpleNamespace(plan_scores=[{"model": "CDPS+Rx"}]))


def test_a_drug_score_stands_beside_as_a_model_of_its_own_or_says_why_there_is_none():
    scored = SimpleNamespace(rx_release="RxHCC-V08-2026", rx_segment="community, 65 or older", rx_score=Decimal("0.812"), rx_not_scoreable=None)
    assert words(_drug_score(scored, [])).startswith("RxHCC V08, tables of 2026, Part D drugs, community, 65 or older: raw score 0.812 so far this year.")
    unknown = SimpleNamespace(rx_release="RxHCC-V08-2026", rx_segment=None, rx_score=None, rx_not_scoreable="low income status is not known")
    assert words(_drug_score(unknown, [])) == "RxHCC score (Part D drugs): not scoreable. Low income status is not known."
    assert _drug_score(SimpleNamespace(rx_release=None), []) is None


def test_a_plan_s_score_is_told_with_its_model_day_and_sender():
    score = {"model": "CDPS+Rx", "model_version": "7.0", "plan": "Plan B", "score": 1.4, "score_date": date(2026, 7, 1), "before": 1.25, "before_date": date(2026, 1, 1)}
    assert words(_plan_score(score)) == "CDPS+Rx 7.0: 1.400 as of 1 Jul 2026, before 1.250 (1 Jan 2026). As computed and sent by Plan B; not recomputed here."
    assert words(_plan_score(score | {"before": None, "plan": None})) == "CDPS+Rx 7.0: 1.400 as of 1 Jul 2026. As computed and sent by the plan; not recomputed here."


def test_lace_says_what_it_is_made_of_and_that_it_is_the_least_while_a_bill_is_missing():
    row = SimpleNamespace(lace=10, lace_complete=True, length_points=4, acuity_points=3, comorbidity_points=3, emergency_points=0)
    assert words(lace(row)) == "LACE 10 high (L 4, A 3, C 3, E 0)"
    assert words(lace(SimpleNamespace(**vars(row) | {"lace": 7, "lace_complete": False, "acuity_points": None}))) == "LACE at least 7 (L 4, A ?, C 3, E 0)"
    assert lace(SimpleNamespace(lace=None)) == ""


NAMES = {("V28-2025", "HCC280"): "Lung disease", ("V28-2026", "HCC226"): "Heart failure", ("V28-2026", "F65_69"): "age and sex", ("V28-2025", "F65_69"): "age and sex"}


def version(release, score, tier="medium", **factors):
    return SimpleNamespace(tier=tier, charlson=1, release=release, raw_score=score and Decimal(score), rx_score=None, from_date=date(2025, 10, 31),
                           to_date=date(2025, 12, 31), year_ago_date=date(2025, 11, 30), factors=[{"factor": name, "coefficient": Decimal(value)} for name, value in factors.items()])


def test_what_moved_between_two_versions_reads_in_words():
    then, now = version("V28-2025", "0.652", HCC280="0.319", F65_69="0.333"), version("V28-2026", "0.693", HCC226="0.360", F65_69="0.333")
    assert since(then, now, NAMES) == ["+0.360 Heart failure", "−0.319 Lung disease"]
    assert since(None, now, NAMES) == since(version("V28-2025", None), now, NAMES) == []
    assert since(version("V24-2025", "0.300"), now, NAMES) == ["model change: V24 then, V28 now"]


def test_a_year_ago_and_now_are_told_in_one_sentence():
    then, now = version("V28-2025", "0.652", HCC280="0.319", F65_69="0.333"), version("V28-2026", "0.693", "high", HCC226="0.360", F65_69="0.333")
    of_now = [SimpleNamespace(factor=one["factor"], now=one["coefficient"], label=NAMES[now.release, one["factor"]], is_condition="HCC" in one["factor"],
                              first_date=date(2026, 5, 3)) for one in now.factors]
    sentence, table = as_said(now, of_now, [then], NAMES)
    assert words(sentence) == ("As said a year ago (30 Nov 2025): risk medium, HCC score 0.652, now 0.693: +0.360 Heart failure: found 3 May 2026; −0.319 Lung disease.")
    assert "31 Oct 2025 to 31 Dec 2025" in words(table) and words(table).index("Now") < words(table).index("31 Oct 2025")
    assert as_said(now, of_now, [], NAMES) == []

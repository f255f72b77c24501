"""What moved a score and which diagnoses count, in words: one example for each cause."""

from datetime import date
from decimal import Decimal
from types import SimpleNamespace

import pytest
from test_risk_words import words

from dashboard.components.risk import _by_v24
from dashboard.components.risk_diagnoses import diagnoses
from dashboard.components.risk_moves import band, moves

SAME = SimpleNamespace(segment="community", segment_before="community")


def factor(name, label, now, before, standing, condition=True):
    return SimpleNamespace(factor=name, label=label, is_condition=condition, standing=standing, first_date=date(2026, 5, 3), last_date=date(2026, 9, 1),
                           now=Decimal(now) if now else None, before=Decimal(before) if before else None)


DIABETES = factor("HCC37", "Diabetes", "0.166", "0.166", "kept")


def test_a_condition_that_was_found_is_added():
    assert moves(SAME, [DIABETES, factor("HCC226", "Heart failure", "0.360", "", "added")]) == ["+0.360 Heart failure: found 3 May 2026"]


def test_a_condition_that_is_lost_says_why():
    lost = [factor("HCC280", "Lung disease", "", "0.319", "lost"), factor("HCC226", "Heart failure", "", "0.360", "lost")]
    denied = SimpleNamespace(label="Heart failure", counts=False, why_not="claim not paid")
    assert moves(SAME, lost, [denied]) == ["−0.360 Heart failure: claim not paid", "−0.319 Lung disease: on no claim of this year"]


def test_a_band_of_age_is_one_change():
    assert moves(SAME, [factor("F65_69", "age and sex", "", "0.330", "lost", False), factor("F70_74", "age and sex", "0.395", "", "added", False)]) == [
        "+0.065 age band: 70 to 74, last year 65 to 69"]


def test_another_segment_weighs_the_same_conditions_otherwise():
    row = SimpleNamespace(segment="community, full Medicaid", segment_before="community, no Medicaid")
    assert moves(row, [factor("HCC37", "Diabetes", "0.186", "0.166", "kept"), factor("F70_74", "age and sex", "0.500", "0.395", "kept", False)]) == [
        "+0.105 age and sex: weighs otherwise in this segment", "+0.020 Diabetes: weighs otherwise in this segment",
        "Another segment of the model: community, full Medicaid, last year community, no Medicaid"]


def test_tables_of_another_year_weigh_the_same_conditions_otherwise():
    assert moves(SAME, [factor("HCC37", "Diabetes", "0.186", "0.166", "kept")]) == ["+0.020 Diabetes: weighs otherwise in the tables of this year"]


@pytest.mark.parametrize(("before", "v24", "said"), [
    ("0.652", "0.850", " (the same diagnoses by V24 0.850: the change of model alone makes −0.198)"),
    ("0.652", "0.652", " (the same diagnoses by V24 0.652: the change of model alone makes no difference)"), ("0.652", None, ""), (None, "0.850", "")])
def test_what_the_change_of_models_alone_makes_is_told_apart(before, v24, said):
    assert _by_v24(SimpleNamespace(raw_score_before=before and Decimal(before), raw_score_before_v24=v24 and Decimal(v24))) == said


@pytest.mark.parametrize(("name", "said"), [("F70_74", "70 to 74"), ("M95_GT", "95 or older"), ("F0_34", "to 34"), ("NMCAID_NORIGDIS_NEF65", "65"),
                                            ("OriginallyDisabled_Male", ""), ("HCC37", ""), ("MCAID_ORIGDIS_NEM95_GT", "95 or older")])
def test_a_band_is_read_from_the_name_of_its_factor(name, said):
    assert band(name) == said


def test_every_diagnosis_says_whether_it_counts_and_why_not():
    row = {"last_date": date(2026, 3, 1), "file_name": "claims.parquet", "row_number": 7}
    table = diagnoses([SimpleNamespace(code="E119", label="Diabetes", counts=True, why_not=None, **row),
                       SimpleNamespace(code="I509", label="Heart failure", counts=False, why_not="service does not count", **row)])
    assert words(table).startswith("Which diagnoses count: 1 of 2 on claims of this year, and why not the others")
    assert "I50.9Heart failuredoes not count: service does not count1 Mar 2026claims.parquet row 7" in words(table)
    assert diagnoses([]) is None

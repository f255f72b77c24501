"""Models on data whose truth is known, and what is refused."""

import numpy
import pytest

from dashboard.predict import verdict
from dashboard.predict.features import Table
from dashboard.predict.models import Baseline, Boosting, Logistic, choose
from dashboard.predict.train import judge
from dashboard.statistics.prediction import log_odds

COLUMNS = ("age", "age_over_65", "female", "prior_stays", "diabetes")
TRUTH = numpy.array([0.03, 0.02, -0.2, 0.9, 0.7])


def drawn_people(count, seed, truth=TRUTH, start=-4.0, twist=None):
    """values and happened of people whose log-odds are start + values x truth (twist adds what is no straight line)."""
    chance = numpy.random.default_rng(seed)
    age = chance.uniform(20, 90, count)
    values = numpy.column_stack([age, numpy.maximum(0, age - 65), chance.random(count) < 0.5, numpy.log1p(chance.poisson(0.3, count)), chance.random(count) < 0.2])
    z = start + values @ truth + (twist(values) if twist else 0)
    return values, (chance.random(count) < 1 / (1 + numpy.exp(-z))).astype(int)


def table(values, happened, columns=COLUMNS):
    subgroups = {name: ["all"] * len(values) for name in ("race", "ethnicity", "language", "product_line", "age_band", "sex")}
    return Table(numpy.arange(len(values)), columns, values, subgroups, {"admission": happened})


def test_a_known_logistic_relationship_is_recovered():
    values, happened = drawn_people(60_000, 1)
    model = Logistic().fit(COLUMNS, values, happened)
    assert model.weight == pytest.approx(TRUTH, abs=0.06)


def test_drivers_of_the_regression_are_exact():
    values, happened = drawn_people(3_000, 2)
    model = Logistic().fit(COLUMNS, values, happened)
    whole = log_odds(model.probability(values))
    assert model.start + model.drivers(values).sum(axis=1) == pytest.approx(whole)


def test_boosting_names_the_feature_that_moves_it():
    values, happened = drawn_people(6_000, 3, truth=numpy.array([0, 0, 0, 0, 3.0]), start=-2.0)
    model = Boosting().fit(COLUMNS, values, happened)
    sick = values[values[:, 4] == 1][:50]
    moved = model.drivers(sick)
    assert (moved[:, 4] == moved.max(axis=1)).all() and (moved[:, 4] > 1).all()


def test_the_regression_is_served_unless_boosting_is_clearly_better():
    assert choose(COLUMNS, *drawn_people(3_000, 4))[0].name == "logistic regression"
    twisted = drawn_people(6_000, 5, twist=lambda values: 3.0 * (numpy.abs(values[:, 0] - 55) < 10), start=-5.0)
    assert choose(COLUMNS, *twisted)[0].name == "gradient boosting"


@pytest.mark.parametrize("make", [Logistic, Boosting, Baseline])
def test_the_same_people_give_the_same_model(make):
    values, happened = drawn_people(2_000, 6)
    first, second = (make().fit(COLUMNS, values, happened).probability(values) for _ in range(2))
    assert (first == second).all()


def test_a_good_model_is_judged_and_allowed():
    found = judge("admission", table(*drawn_people(4_000, 7)), table(*drawn_people(4_000, 8)))
    served = found["card"]["figures"][found["card"]["served"]]
    assert found["reason"] is None
    assert served["auc"] > 0.65 and abs(served["slope"] - 1) < 0.2
    assert served["brier"] < found["card"]["figures"][found["card"]["baseline"]]["brier"]
    assert served["ppv"]["5%"]["people"] == 200


def test_too_few_events_are_refused():
    few = drawn_people(4_000, 9, start=-8.0)
    assert "the year to learn from" in judge("admission", table(*few), table(*drawn_people(4_000, 8)))["reason"]
    assert "the year to judge by" in judge("admission", table(*drawn_people(4_000, 7)), table(*few))["reason"]
    assert verdict.too_few(25, 100, 5) is None and verdict.too_few(24, 100, 5) and verdict.too_few(25, 99, 5)


def test_a_year_that_is_unlike_the_one_before_is_refused():
    low = judge("admission", table(*drawn_people(4_000, 7)), table(*drawn_people(4_000, 8, start=-5.0)))
    assert "expects" in low["reason"]
    flat = judge("admission", table(*drawn_people(4_000, 7)), table(*drawn_people(4_000, 8, truth=TRUTH * 0.3, start=-2.3)))
    assert "too extreme" in flat["reason"]


def test_features_of_a_few_people_are_left_out():
    values, happened = drawn_people(4_000, 7)
    rare = numpy.zeros((len(values), 1))
    rare[: verdict.FEWEST_WITH_FEATURE - 1] = 1
    found = judge("admission", table(numpy.hstack([values, rare]), happened, (*COLUMNS, "rare")), table(numpy.hstack([values, rare]), happened, (*COLUMNS, "rare")))
    assert found["card"]["left_out"] == ["rare"]


def test_subgroups_are_judged_apart_and_small_ones_not():
    values, happened = drawn_people(3_000, 10)
    people = table(values, happened)
    people.subgroups["language"] = ["es"] * 1_000 + ["en"] * 1_980 + ["vi"] * 20
    probability = numpy.full(3_000, happened[1_000:].mean())
    probability[:1_000] = 0.9
    found = {row["value"]: row for row in verdict.subgroups(people, happened, probability) if row["aspect"] == "Language"}
    assert found["es"]["off"] and not found["en"]["off"] and not found["vi"]["judged"]
    assert found["es"]["flagged"] == 150 and found["en"]["recall"] == 0.0

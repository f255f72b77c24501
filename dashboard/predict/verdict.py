"""How good a model is in the test year, for whom, and whether its scores may be shown."""

import numpy

from dashboard.predict.features import SUBGROUPS, Table
from dashboard.statistics import prediction
from dashboard.statistics.interval import wilson
from dashboard.statistics.minimum import enough

# Collins GS, Ogundimu EO, Altman DG, Statistics in Medicine 2016;35:214-226: to judge a model takes at least 100 events, better 200.
FEWEST_EVENTS, BETTER_EVENTS = 100, 200
# Vittinghoff E, McCulloch CE, American Journal of Epidemiology 2007;165:710-718: five to nine events a variable are often enough.
EVENTS_A_FEATURE = 5
FEWEST_WITH_FEATURE = 20  # our choice: a feature of fewer people teaches chance
# Our choice; slope 1 and intercept 0 are right (Van Calster 2019). 0.25 in log-odds is a predicted number about a quarter off.
SLOPE, INTERCEPT = (0.8, 1.25), 0.25
TOP = (0.01, 0.05)
FLAGGED = 0.05  # recall is asked of the top twentieth


def usable(table: Table) -> numpy.ndarray:
    """Columns that vary enough among the people who teach."""
    common = numpy.array([(table.values[:, place] != numpy.median(table.values[:, place])).sum() for place in range(table.values.shape[1])])
    return common >= FEWEST_WITH_FEATURE


def too_few(train_events: int, test_events: int, columns: int) -> str | None:
    """Why there can be no model, in words, or None."""
    if train_events < EVENTS_A_FEATURE * columns:
        return (f"{train_events:,} people had the event in the year to learn from; {columns} features need {EVENTS_A_FEATURE * columns:,} "
                f"({EVENTS_A_FEATURE} for each).")
    if test_events < FEWEST_EVENTS:
        return f"{test_events:,} people had the event in the year to judge by; fewer than {FEWEST_EVENTS} say too little about a model."
    return None


def failed(figures: dict) -> str | None:
    """Why the scores of a model may not be shown, in words, or None."""
    if figures["slope"] is None:
        return "The model gives everybody the same probability."
    slope = figures["slope"]
    if not SLOPE[0] <= slope <= SLOPE[1]:
        # To so many digits that a reader sees on which side of the limit it lies.
        return f"Calibration failed: slope {slope:.4g}, which must lie between {SLOPE[0]} and {SLOPE[1]}. The probabilities are " \
               + ("too extreme." if slope < 1 else "too timid.")
    if abs(figures["intercept"]) > INTERCEPT:
        return f"Calibration failed: the model expects {figures['expected']:,.0f} people with the event where {figures['events']:,} had it."
    return None


def figures(happened, probability) -> dict:
    """All figures of one model over one year, as plain numbers: what the report shows."""
    calibrated = prediction.calibration(happened, probability) or {"slope": None, "intercept": None}
    tops = {f"{share:.0%}": prediction.ppv(happened, probability, share) for share in TOP}
    return {"people": len(happened), "events": int(numpy.sum(happened)), "expected": float(numpy.sum(probability)),
            "auc": prediction.auc(happened, probability), "brier": prediction.brier(happened, probability), **calibrated,
            "ppv": {name: {"events": found, "people": people} for name, (found, people) in tops.items()}}


def subgroups(table: Table, happened, probability) -> list[dict]:
    """Recall among the top twentieth, and expected against observed events, of each subgroup; fewer than 30 people are not judged."""
    chosen = prediction.flagged(probability, FLAGGED)
    rows = []
    for aspect, words in SUBGROUPS.items():
        values = numpy.array([str(value or "not known") for value in table.subgroups[aspect]])
        rows += _of_aspect(words, values, happened, probability, chosen)
    return rows


def _of_aspect(words, values, happened, probability, chosen) -> list[dict]:
    rows = []
    for value in sorted(set(values.tolist())):
        here = values == value
        people, events = int(here.sum()), int(happened[here].sum())
        row = {"aspect": words, "value": value, "people": people, "events": events, "judged": enough(people) and events > 0}
        if row["judged"]:
            found = int((happened.astype(bool) & chosen & here).sum())
            low, high = wilson(events, people)
            expected = float(probability[here].sum())
            row |= {"flagged": int((chosen & here).sum()), "found": found, "recall": found / events, "recall_interval": wilson(found, events),
                    "expected": expected, "observed_low": low * people, "observed_high": high * people,
                    "off": not low * people <= expected <= high * people}
        rows.append(row)
    return rows

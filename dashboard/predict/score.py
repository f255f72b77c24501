"""A score a person and outcome, with what moved it, or the reason why there is none."""

import json
from datetime import date
from pathlib import Path

import numpy
import pyarrow

from dashboard.predict import store
from dashboard.predict.features import OUTCOMES, read_table, sensitive, titles
from dashboard.predict.windows import EARLIER, Window, timedelta

DRIVERS = 3  # as many as the patient's page shows
LEAST = 0.05  # our choice: log-odds below which a feature does not count as a driver
# Our choice: shares of the adults scored. The first flagged share is the one that the card judges (verdict.FLAGGED).
TIERS = (("high", 0.05), ("medium", 0.20), ("low", 1.0))


def score(connection, home: Path, as_of: date) -> tuple[str, dict[str, str]]:
    """Score everybody from coded.* by the model in use and publish the file that the next build loads.

    Gives the file's name and, by outcome, why nothing is scored. The same model also scores the day half a year earlier, so that a rise is the
    person's and not the model's.
    """
    name, model, card = store.read_model(home)
    rows, reasons = [], {}
    for outcome in OUTCOMES:
        if model[outcome]["reason"]:
            reasons[outcome] = model[outcome]["reason"]
        else:
            rows += _scores(connection, outcome, model, as_of)
    about = json.dumps({key: value for key, value in card.items() if key != "outcomes"})
    models = [{"outcome": outcome, "title": title, "model": name, "method": card["outcomes"][outcome].get("served"), "as_of": as_of,
               "reason": reasons.get(outcome), "scored": sum(row["outcome"] == outcome for row in rows),
               "card": json.dumps(card["outcomes"][outcome]), "about": about} for outcome, title in OUTCOMES.items()]
    tables = {"score.parquet": _table(rows), "model.parquet": pyarrow.Table.from_pylist(models, schema=MODEL)}
    return store.keep_scores(home, as_of, tables), reasons


def _scores(connection, outcome: str, model: dict, as_of: date) -> list[dict]:
    look_back, found = timedelta(days=model["look_back_days"]), model[outcome]
    now, then = (read_table(connection, Window(index, look_back).days, outcomes=False) for index in (as_of, as_of - EARLIER))
    used = [now.columns.index(name) for name in found["columns"]]
    probability = found["model"].probability(now.values[:, used])
    earlier = dict(zip(then.people.tolist(), found["model"].probability(then.values[:, used]).tolist(), strict=True))
    moved = found["model"].drivers(now.values[:, used])
    tiers = tiers_of(probability)
    return [{"person": person, "outcome": outcome, "probability": p, "earlier_probability": earlier.get(person), "tier": tier,
             "drivers": drivers_of(found["columns"], row)}
            for person, p, tier, row in zip(now.people.tolist(), probability.tolist(), tiers, moved, strict=True)]


def tiers_of(probability) -> list[str]:
    """The tier of each probability by its place among all, equals alike at the higher tier's border."""
    p = numpy.asarray(probability, float)
    borders = [numpy.sort(p)[::-1][max(0, round(share * len(p)) - 1)] if len(p) else 0 for _, share in TIERS]
    return [next((name for (name, _), border in zip(TIERS, borders, strict=True) if value >= border), TIERS[-1][0]) for value in p.tolist()]


def drivers_of(columns, contributions) -> list[dict]:
    """The features that move a person most, up or down, in log-odds. Age and years over 65 are one driver."""
    words, together = titles() | {"age_over_65": titles()["age"]}, {}
    for column, value in zip(columns, contributions.tolist(), strict=True):
        if column in sensitive():
            continue  # AB 352: what a person's page may not show is not in the file that makes it
        together[words[column]] = together.get(words[column], 0.0) + value
    strongest = sorted(together.items(), key=lambda entry: -abs(entry[1]))[:DRIVERS]
    return [{"title": title, "log_odds": round(value, 3)} for title, value in strongest if abs(value) >= LEAST]


SCORE = pyarrow.schema([("person", pyarrow.int32()), ("outcome", pyarrow.string()), ("probability", pyarrow.float64()),
                        ("earlier_probability", pyarrow.float64()), ("tier", pyarrow.string()),
                        ("drivers", pyarrow.list_(pyarrow.struct([("title", pyarrow.string()), ("log_odds", pyarrow.float64())])))])
MODEL = pyarrow.schema([("outcome", pyarrow.string()), ("title", pyarrow.string()), ("model", pyarrow.string()), ("method", pyarrow.string()),
                        ("as_of", pyarrow.date32()), ("reason", pyarrow.string()), ("scored", pyarrow.int64()), ("card", pyarrow.string()),
                        ("about", pyarrow.string())])


def _table(rows: list[dict]) -> pyarrow.Table:
    return pyarrow.Table.from_pylist(rows, schema=SCORE)

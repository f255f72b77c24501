"""From an extract to models that have been judged by a later year."""

from contextlib import contextmanager
from datetime import date
from pathlib import Path

from dashboard import database
from dashboard.build import macros
from dashboard.build.extract import create_extract_views
from dashboard.build.layers import run_layers
from dashboard.build.progress import Progress
from dashboard.predict import verdict, windows
from dashboard.predict.features import OUTCOMES, Table, concepts, first_day, read_table
from dashboard.predict.models import SEED, Baseline, choose
from dashboard.reference.load import ask_about, load_reference


@contextmanager
def coded_extract(home: Path, as_of: date, progress: Progress | None = None):
    """A connection whose layer `coded` holds what the features ask about, from all accepted files of a home directory."""
    with database.at_work(home / "predict" / "scratch") as connection:
        macros.prepare(connection)
        load_reference(connection, home=home)
        create_extract_views(connection, home)
        number = dict(connection.execute("SELECT name, concept FROM reference.concept").fetchall())
        ask_about(connection, {number[name] for name in concepts()}, set())
        run_layers(connection, as_of, layers=("extract", "valid", "coded"), progress=progress)
        yield connection


def train(connection, as_of: date, seed: int = SEED) -> dict:
    """One model an outcome from coded.* of a connection.

    Gives as_of, seed, first_day, windows where there are any, and outcomes: by name the reason in words why nothing is scored or None, the card's
    figures, and the model with its columns.
    """
    found = {"as_of": as_of, "seed": seed, "first_day": first_day(connection, as_of), "outcomes": {}}
    days = windows.plan(as_of, found["first_day"])
    if isinstance(days, str):
        return found | {"outcomes": {outcome: {"reason": days, "card": {}} for outcome in OUTCOMES}}
    tables = [read_table(connection, window.days, outcomes=True) for window in (days.train, days.test)]
    found["windows"] = {"train": days.train.days, "test": days.test.days, "look_back_days": days.train.look_back.days}
    return found | {"outcomes": {outcome: judge(outcome, *tables, seed) for outcome in OUTCOMES}}


def judge(outcome: str, taught: Table, later: Table, seed: int = SEED) -> dict:
    """Fit on one year, look at the next; the model is there even where its scores may not be shown."""
    used = verdict.usable(taught)
    columns = tuple(name for name, kept in zip(taught.columns, used, strict=True) if kept)
    y, then = taught.outcomes[outcome], later.outcomes[outcome]
    card = {"train": {"people": len(y), "events": int(y.sum()), "unknown": taught.unknown}, "test": {"people": len(then), "events": int(then.sum())},
            "columns": list(columns), "left_out": [name for name in taught.columns if name not in columns]}
    reason = verdict.too_few(card["train"]["events"], card["test"]["events"], len(columns))
    if reason:
        return {"reason": reason, "card": card}
    values, test = taught.values[:, used], later.values[:, used]
    models = choose(columns, values, y, seed)
    served, baseline = models[0], Baseline().fit(columns, values, y)
    probability = served.probability(test)
    card["figures"] = {model.name: verdict.figures(then, model.probability(test)) for model in (*models, baseline)}
    card |= {"served": served.name, "baseline": baseline.name, "subgroups": verdict.subgroups(later, then, probability)}
    return {"reason": verdict.failed(card["figures"][served.name]), "card": card, "model": served, "columns": columns}

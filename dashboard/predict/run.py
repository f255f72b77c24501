"""What `huddleboard predict` and the demo do, in the order of a day's work."""

import json
from datetime import date
from pathlib import Path

from dashboard.build.lock import only_build
from dashboard.predict import card, store
from dashboard.predict.features import OUTCOMES
from dashboard.predict.models import SEED
from dashboard.predict.score import score
from dashboard.predict.train import coded_extract, train


def train_and_keep(home: Path, as_of: date | None = None, seed: int | None = None) -> list[str]:
    """Train from the accepted files of a home directory and keep the model; gives what to say."""
    as_of = as_of or date.today()
    with only_build(home), coded_extract(home, as_of) as connection:
        return _train(connection, home, as_of, seed)


def score_and_keep(home: Path, as_of: date | None = None) -> list[str]:
    """Score by the model in use; gives what to say."""
    as_of = as_of or date.today()
    store.read_model(home)
    with only_build(home), coded_extract(home, as_of) as connection:
        return _score(connection, home, as_of)


def train_and_score(home: Path, as_of: date) -> list[str]:
    """Both from one reading of the files."""
    with only_build(home), coded_extract(home, as_of) as connection:
        return _train(connection, home, as_of, None) + _score(connection, home, as_of)


def _train(connection, home: Path, as_of: date, seed: int | None) -> list[str]:
    trained = train(connection, as_of, SEED if seed is None else seed)
    figures = card.figures_of(trained, synthetic=is_synthetic(home))
    name = store.keep_model(home, trained, figures, card.words_of(json.loads(json.dumps(figures, default=store.plain))))
    said = {outcome: f"no scores. {found['reason']}" if found["reason"] else f"{found['card']['served']}, judged."
            for outcome, found in trained["outcomes"].items()}
    return [f"model {name}"] + [f"{OUTCOMES[outcome]}: {words}" for outcome, words in said.items()]


def _score(connection, home: Path, as_of: date) -> list[str]:
    name, reasons = score(connection, home, as_of)
    return [f"scores {name}; the next build shows them"] + [f"{OUTCOMES[outcome]}: no scores. {reason}" for outcome, reason in reasons.items()]


def is_synthetic(home: Path) -> bool:
    """Whether this home directory bears the mark of a demo."""
    return (home / "demo.json").exists()

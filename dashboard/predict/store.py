"""Models and scores in a home directory.

    predict/model-<name>/{model.pickle, card.json, card.md}     what was trained; never changed once written
    predict/model                                               the name of the model in use
    predict/score-<name>/{score.parquet, model.parquet}         what the build loads
    predict/score                                               the name of the scores in use

Names hold the day and a hash of the content, so that what says the same has the same name. The pickle is read only when its hash is the one that its
name holds: files of a home directory are the house's own, like its database.
"""

import hashlib
import json
import os
import pickle
from datetime import date
from pathlib import Path

from dashboard.errors import Fault

CURE = "Run `huddleboard predict train` first."


def folder(home: Path) -> Path:
    """Where a home directory keeps what is predicted."""
    return home / "predict"


def keep_model(home: Path, trained: dict, card: dict, words: str) -> str:
    """Write a trained model with its card and make it the one in use; gives its name."""
    body = pickle.dumps({outcome: {key: found[key] for key in ("reason", "model", "columns") if key in found}
                         for outcome, found in trained["outcomes"].items()} | {"look_back_days": trained.get("windows", {}).get("look_back_days")})
    card = json.loads(json.dumps(card, default=plain))
    name = f"{trained['as_of']}-{hashlib.sha256(body).hexdigest()[:12]}"
    _write(folder(home) / f"model-{name}", {"model.pickle": body, "card.json": json.dumps(card, indent=1).encode(), "card.md": words.encode()})
    point(home, "model", name)
    return name


def read_model(home: Path) -> tuple[str, dict, dict]:
    """Name, content and card of the model in use; Fault where there is none or its file is not what was written."""
    name = named(home, "model")
    if name is None:
        raise Fault(home, "no model has been trained here.", CURE)
    body = (folder(home) / f"model-{name}" / "model.pickle").read_bytes()
    if hashlib.sha256(body).hexdigest()[:12] != name[-12:]:
        raise Fault(folder(home) / f"model-{name}", "the model's file is not the one that was written.", CURE)
    return name, pickle.loads(body), read_card(home)[1]


def read_card(home: Path) -> tuple[str, dict, str]:
    """Name, figures and words of the card of the model in use."""
    name = named(home, "model")
    if name is None:
        raise Fault(home, "no model has been trained here.", CURE)
    path = folder(home) / f"model-{name}"
    return name, json.loads((path / "card.json").read_text(encoding="utf-8")), (path / "card.md").read_text(encoding="utf-8")


def named(home: Path, what: str) -> str | None:
    """What the pointer `model` or `score` names, None where nothing does."""
    try:
        return (folder(home) / what).read_text(encoding="utf-8").strip()
    except FileNotFoundError:
        return None


def point(home: Path, what: str, name: str) -> None:
    """Make a name the one in use, at once."""
    new = folder(home) / f"{what}.new"
    new.write_text(name + "\n", encoding="utf-8")
    os.replace(new, folder(home) / what)


def _write(path: Path, files: dict[str, bytes]) -> None:
    """A folder that is whole when it has its name; one that is there already says the same."""
    if path.exists():
        return
    half = path.with_name(path.name + ".half")
    half.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        (half / name).write_bytes(content)
    os.replace(half, path)


def keep_scores(home: Path, as_of: date, tables: dict) -> str:
    """Write arrow tables by file name and make them the scores in use; gives their name."""
    import pyarrow.parquet
    half = folder(home) / "score.half"
    half.mkdir(parents=True, exist_ok=True)
    digest = hashlib.sha256()
    for file, table in tables.items():
        pyarrow.parquet.write_table(table, half / file)
        digest.update((half / file).read_bytes())
    name = f"{as_of}-{digest.hexdigest()[:12]}"
    target = folder(home) / f"score-{name}"
    if target.exists():
        for file in half.iterdir():
            file.unlink()
        half.rmdir()
    else:
        os.replace(half, target)
    point(home, "score", name)
    return name


def plain(value):
    """What JSON does not know: days as text, numbers of numpy as numbers."""
    return value.isoformat() if isinstance(value, date) else value.item()

"""`evaluate` of each official deck: seconds."""

import json
import tempfile
from pathlib import Path

from benchmarks.claims import Claim, command, say

DECKS = Path(__file__).resolve().parents[2] / "shared" / "conformance"
MOST = 10.0


def measure() -> list[Claim]:
    """The slowest deck, the mean, and which decks were left out because no card says their measure yet."""
    from dashboard.measures import default_folder, load_cards
    known = {variant.name for variant in load_cards(default_folder()).variants}
    decks = sorted(path for path in (DECKS / "decks").glob("*") if path.is_dir()) if DECKS.exists() else []
    if not decks:
        say("no decks beside the checkout: evaluate was not measured")
        return []
    seconds = {deck.name: _evaluate(deck) for deck in decks if deck.name in known}
    slowest = max(seconds, key=seconds.get)
    return [Claim(f"evaluate, slowest of {len(seconds)} decks", seconds[slowest], "s", MOST, note=slowest),
            Claim("evaluate, mean of a deck", sum(seconds.values()) / len(seconds), "s")]


def _evaluate(deck: Path) -> float:
    period = json.loads((deck / "measure.json").read_text())["measurement_period"]
    with tempfile.TemporaryDirectory() as folder:
        taken = command("evaluate", "--measure", deck.name, "--fhir", str(deck / "patients.ndjson.gz"),
                             "--value-sets", str(DECKS / "value_sets.csv.gz"), "--direct-codes", str(DECKS / "direct_codes.csv"),
                             "--period", f"{period['start']}:{period['end']}", "--out", f"{folder}/out.csv")
    say(f"{deck.name}: {taken.seconds:.1f} s ({taken.processor:.1f} s of all cores)")
    return taken.seconds


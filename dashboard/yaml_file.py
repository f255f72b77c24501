"""Reading the project's YAML files: cards, kinds, words of examples."""

from pathlib import Path

import yaml

LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)   # the one in C reads all cards in a tenth of the time


def read_yaml(path: Path):
    """What a file says, as mappings, lists and plain values."""
    return yaml.load(path.read_text(encoding="utf-8"), Loader=LOADER)

"""`it`, the event at hand in `with` and `without`: whether what a phrase finds is tied to it."""

from __future__ import annotations


def ends_in_it(phrase, filters: tuple[str, ...]) -> bool:
    """Whether the last of the phrase's filters speaks of `it`; of {either: [...]} without a filter of its own, whether each phrase's does.

    A filter before the last may hang on another event: what is found remembers the last one only."""
    if not isinstance(phrase, dict):
        return False
    said = [value for name, value in phrase.items() if name in filters and name != "kind"]
    if not said and "either" in phrase:
        return all(ends_in_it(one, filters) for one in phrase["either"])
    return bool(said) and _speaks_of_it(said[-1])


def _speaks_of_it(said) -> bool:
    if isinstance(said, str):
        return said.partition(".")[0] == "it"
    parts = [*said.keys(), *said.values()] if isinstance(said, dict) else said if isinstance(said, list) else []
    return any(_speaks_of_it(part) for part in parts)

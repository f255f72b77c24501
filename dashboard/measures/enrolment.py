"""The word `enrolled`: continuous enrolment in one contract over a window, with the allowed gap, on the anchor day, with benefits."""

from __future__ import annotations

from dashboard.measures.phrases import PhraseError, Statement, windowed
from dashboard.measures.sets import Leaf
from dashboard.measures.windows import parse_window

KEYS = {"years", "in", "max_gap_days", "gaps", "anchor", "benefit", "by_product_line"}


def enrolment(said: dict, statement: Statement) -> Leaf:
    """The leaf of who is enrolled as said. Product lines that differ have their own part."""
    if set(said) - KEYS:
        raise PhraseError(f"enrolled: unknown {sorted(set(said) - KEYS)}; known are {', '.join(sorted(KEYS))}")
    differing = said.get("by_product_line", {})
    plain = {key: value for key, value in said.items() if key != "by_product_line"}
    parts = [_part(plain, statement) | {"not_lines": tuple(differing)}]
    parts += [_part(plain | change, statement) | {"only_line": line} for line, change in differing.items()]
    hung_on = {part.pop("of") for part in parts}
    if len(hung_on) > 1:
        raise PhraseError("enrolled: the windows of all product lines must hang on the same event")
    of = hung_on.pop()
    of_unit = any(statement.sets[name].of_unit for name in of)
    return Leaf("enrolled", of, tuple(tuple(sorted(part.items())) for part in parts), of_unit, by_contract=True)


def _part(said: dict, statement: Statement) -> dict:
    window = parse_window(said["in"]) if "in" in said else parse_window({"years": [1 - said.get("years", 1), 0]})
    of, arguments = windowed(statement, window)
    benefits = said.get("benefit", "medical")
    return arguments | {"of": (statement.word("covered"), *of), "max_gap_days": said.get("max_gap_days", 45), "gaps": said.get("gaps", 1),
                        "anchor_day": said.get("anchor", "high"), "benefits": tuple(benefits if isinstance(benefits, list) else [benefits])}

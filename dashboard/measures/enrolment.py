"""The word `enrolled`: continuous enrolment in one contract over a window, with the allowed gap, on the anchor day, with benefits."""

from __future__ import annotations

from dashboard.measures.phrases import PhraseError, Statement, _windowed
from dashboard.measures.windows import parse_window

KEYS = {"years", "in", "max_gap_days", "gaps", "anchor", "benefit", "by_product_line"}
EVERYONE = ("SELECT person, CAST(NULL AS BIGINT) AS unit, CAST(NULL AS BIGINT) AS anchor, CAST(NULL AS BIGINT) AS fact, "
            "CAST(NULL AS DATE) AS start_date, CAST(NULL AS DATE) AS end_date, CAST(NULL AS TIMESTAMP) AS start_at, "
            "CAST(NULL AS TIMESTAMP) AS end_at FROM coded.person WHERE has_coverage")


def enrolment(said: dict, statement: Statement) -> tuple[str, bool]:
    """(SELECT of person, unit, contract enrolled as said, whether it is per unit). Product lines that differ have their own part."""
    if set(said) - KEYS:
        raise PhraseError(f"enrolled: unknown {sorted(set(said) - KEYS)}; known are {', '.join(sorted(KEYS))}")
    differing = said.get("by_product_line", {})
    plain = {key: value for key, value in said.items() if key != "by_product_line"}
    others = ", ".join(f"'{line}'" for line in differing)
    parts = [_one(plain, statement, f"product_line NOT IN ({others})" if others else "true")]
    parts += [_one(plain | change, statement, f"product_line = '{line}'") for line, change in differing.items()]
    return " UNION ALL ".join(sql for sql, _ in parts), any(of_unit for _, of_unit in parts)


def _one(said: dict, statement: Statement, which: str) -> tuple[str, bool]:
    window = parse_window(said["in"]) if "in" in said else parse_window({"years": [1 - said.get("years", 1), 0]})
    everyone = statement.add(EVERYONE, "everyone")
    windowed = _windowed(statement, everyone, window, None)
    benefits = said.get("benefit", "medical")
    benefits = benefits if isinstance(benefits, list) else [benefits]
    return (f"SELECT person, unit, contract FROM enrolled('{windowed}', {said.get('max_gap_days', 45)}, {said.get('gaps', 1)}, "
            f"'{said.get('anchor', 'high')}', {benefits}) JOIN coded.contract USING (contract) WHERE {which}", windowed in statement.of_unit)

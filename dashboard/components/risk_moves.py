"""What moved a score between last year and this, in words: conditions found and lost, a band of age, another segment."""

import re
from decimal import Decimal

from dashboard.components.risk_history import signed
from dashboard.components.words import day

BAND = re.compile(r"[FM](\d+)(?:_(\d+|GT))?$")


def moves(row, factors: list, diagnoses: list = ()) -> list[str]:
    """'+0.360 Heart failure: found 3 May 2026', greatest first: only what changes the score. row: of patient_risk; factors: of patient_risk_factors,
    this year's and last year's, of which the two of age are one; diagnoses: of patient_risk_diagnoses, why one on file does not count."""
    why = {one.label: one.why_not for one in diagnoses if not one.counts}
    together: dict[str, list] = {}
    for factor in factors:
        together.setdefault(factor.factor if factor.is_condition else factor.label, []).append(factor)
    changes = [(_change(same), _words(row, same, why)) for same in together.values()]
    ordered = sorted((one for one in changes if one[0]), key=lambda one: (-abs(one[0]), one[1]))
    return [f"{signed(change)} {words}" for change, words in ordered] + _segment(row)


def _change(same: list) -> Decimal:
    return sum(((one.now or Decimal(0)) - (one.before or Decimal(0)) for one in same), Decimal(0))


def _words(row, same: list, why: dict) -> str:
    factor = same[0]
    if factor.is_condition:
        lost = why.get(factor.label, "on no claim of this year")
        return factor.label + {"added": f": found {day(factor.first_date)}", "lost": f": {lost}"}.get(factor.standing, _weighs(row))
    now, then = ({band(one.factor) for one in same if getattr(one, when) is not None} - {""} for when in ("now", "before"))
    if now and then and now != then:
        return f"age band: {' '.join(now)}, last year {' '.join(then)}"
    return factor.label + (_weighs(row) if len(same) == 1 and factor.standing == "kept" else "")


def _weighs(row) -> str:
    return ": weighs otherwise in this segment" if row.segment != row.segment_before else ": weighs otherwise in the tables of this year"


def _segment(row) -> list[str]:
    return [f"Another segment of the model: {row.segment}, last year {row.segment_before}"] if row.segment != row.segment_before else []


def band(factor: str) -> str:
    """'70 to 74' of F70_74, '95 or older' of M95_GT; nothing for what is no band of age."""
    found = BAND.search(factor)
    if not found:
        return ""
    low, high = found.groups()
    return low if high is None else f"{low} or older" if high == "GT" else f"to {high}" if low == "0" else f"{low} to {high}"

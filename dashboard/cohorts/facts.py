"""What a cohort may ask of a person: the catalogue."""

import csv
from dataclasses import dataclass
from functools import cache

from dashboard.settings import DATA

FILE = DATA / "reference" / "cohort_fact.csv"


@dataclass(frozen=True)
class Fact:
    """name stands in the text of a cohort. kind: 'has' (or has not), 'number' (at least, at most) or 'word' (one of several). comorbid: counts among
    co-morbid conditions."""
    name: str
    title: str
    kind: str
    unit: str = ""
    comorbid: bool = False


OF_EVERYBODY = (
    Fact("age", "age", "number", "years"),
    Fact("sex", "sex", "word"),
    Fact("language", "language", "word"),
    Fact("plan", "plan", "word"),
    Fact("conditions", "co-morbid conditions", "number"),
    Fact("stays", "hospital stays in 12 months", "number"),
    Fact("gap", "open gap", "word"),
    Fact("risk_tier", "risk tier", "word"),
    Fact("charlson", "Charlson index", "number"),
    Fact("hcc_score", "raw CMS-HCC V28 score", "number"),
    Fact("risk_risen", "a risk score up since last year", "has"),
    Fact("prompt", "CMS-HCC documentation", "word"),
    Fact("social_need", "a social need on a claim of 12 months (Z55 to Z65)", "has"),
    Fact("admission_risk", "predicted risk of admission", "word"),
    Fact("emergency_risk", "predicted risk of an emergency visit", "word"),
    Fact("admission_rising", "a rising risk of admission", "has"),
)
WORDS = {"sex": {"female": "female", "male": "male"},
         "plan": {"medicare": "Medicare", "medicaid": "Medi-Cal", "commercial": "commercial", "marketplace": "Covered California"},
         "risk_tier": {"low": "low", "medium": "medium", "high": "high", "very_high": "very high"},
         "prompt": {"confirm": "to confirm this year", "consider": "to consider", "remove": "to consider removing"},
         "admission_risk": {"high": "high", "medium": "medium", "low": "low"}, "emergency_risk": {"high": "high", "medium": "medium", "low": "low"}}
OPEN_WORDS = ("language", "gap")  # their words hang on the version that is served


@cache
def facts() -> dict[str, Fact]:
    """Every fact by its name, in the order in which the builder offers them."""
    with FILE.open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(line for line in file if not line.startswith("#")))
    told = [Fact(row["fact"], row["title"], "number" if row["kind"] in ("reading", "use") else "has", row["unit"],
                 row["comorbid"] == "yes") for row in rows]
    return {fact.name: fact for fact in (*OF_EVERYBODY, *told)}


@cache
def conditions() -> dict[str, str]:
    """The conditions that count among co-morbid ones: name -> title."""
    return {fact.name: fact.title for fact in facts().values() if fact.comorbid}

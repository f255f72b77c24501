"""Suspects: every card of measures/risk/suspect.csv fires on just enough evidence, not on less, and not where a claim names the condition."""

import csv
from datetime import date, timedelta

import pytest
from drawn import rows

from dashboard.settings import MEASURES

AS_OF = date(2026, 11, 20)
with (MEASURES / "risk" / "suspect.csv").open(newline="", encoding="utf-8") as file:
    CARDS = {row["rule"]: row for row in csv.DictReader(line for line in file if not line.startswith("#"))}


def suspects(run, card, days, value, named=""):
    """The suspects of a person with these days of evidence; named: a category that a claim of last year names."""
    heading = "person | concept | start_date | value:DOUBLE | value_high:DOUBLE | kinds:BIGINT | fact:BIGINT"
    rule = "rule | title | concept_name | at_least:DOUBLE | below:DOUBLE | times | days_apart | one_of | evidence | confidence | source"
    return run("result/suspect", {
        "coded.event": "\n".join([heading, *(f"1 | 7 | {day} | {value} | {value} | 0 | {n}" for n, day in enumerate(days))]),
        "reference.concept": f"concept | name\n7 | {card['concept']}",
        "reference.risk_suspect": f"{rule}\n{card['rule']} | x | {card['concept']} | {card['at_least']} | {card['below']} | {card['times']} | {card['days_apart']} | "
                                  f"[{', '.join(card['one_of'].split())}] | x | x | x",
        "reference.risk_category": "release | model | category | bit\n" + "\n".join(
            f"V28-2026 | V28 | {category} | {1 << n}" for n, category in enumerate(card["one_of"].split())),
        "reference.risk_code": "release | code | sure\nV28-2026 | X1 | 1",
        "coded.diagnosis_year": "person | year | code | stands" + (f"\n1 | {named} | X1 | T" if named else ""),
        "coded.medicare_year": "person | year\n1 | 2026",
    }, as_of=str(AS_OF))


def evidence(card, **change):
    """(days, value) that are just enough, or what `change` makes of them."""
    asked = {"times": int(card["times"]), "apart": int(card["days_apart"]), "last": AS_OF} | change
    days = [asked["last"] - timedelta(days=max(asked["apart"], asked["times"] - 1)), *(asked["last"] - timedelta(days=n) for n in range(asked["times"] - 1))]
    low, high = (float(card[name]) if card[name] else None for name in ("at_least", "below"))
    value = low if low is not None else high - 0.1 if high is not None else ""
    return days[:asked["times"]], asked.get("value", value)


@pytest.mark.parametrize("rule", CARDS)
def test_a_card_has_a_source_and_a_confidence_and_fires_on_just_enough(run, rule):
    card = CARDS[rule]
    assert card["source"] and card["evidence"] and card["confidence"] in ("high", "medium", "low")
    assert suspects(run, card, *evidence(card)) == rows(f"person | rule\n1 | {rule}")


@pytest.mark.parametrize("rule", CARDS)
def test_less_is_no_suspect(run, rule):
    card = CARDS[rule]
    nothing = rows("person | rule")
    assert suspects(run, card, *evidence(card, times=int(card["times"]) - 1)) == nothing
    assert suspects(run, card, *evidence(card, last=AS_OF - timedelta(days=731))) == nothing, "older than two years"
    assert suspects(run, card, *evidence(card, last=AS_OF + timedelta(days=1), times=1, apart=0)) == nothing, "after the day"
    if int(card["days_apart"]):
        assert suspects(run, card, *evidence(card, apart=int(card["days_apart"]) - 1)) == nothing
    if card["at_least"] or card["below"]:
        short = float(card["at_least"]) - 0.1 if card["at_least"] else float(card["below"])
        assert suspects(run, card, *evidence(card, value=short)) == nothing


@pytest.mark.parametrize(("named", "found"), [("2026", 0), ("2025", 0), ("2024", 1)])
def test_a_claim_of_this_year_or_the_last_that_names_the_condition_settles_it(run, named, found):
    card = CARDS["kidney"]
    assert len(suspects(run, card, *evidence(card), named=named)) == found

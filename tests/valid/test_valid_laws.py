"""Laws of the layer: what stands depends neither on the order of rows, nor on duplicates, nor on who else is in the build."""

import itertools
import random

import pytest

SHOWN = "person, claim_id, claim_line_number, allowed_amount, received_date, hcpcs_code, line_status"


def history(seed: int) -> list[dict]:
    """A few claims of three people, with the adjustments that payers send; every row has a day of receipt of its own."""
    luck = random.Random(seed)
    days, lines = itertools.count(1), []
    for person, number in itertools.product((1, 2, 3), range(4)):
        claim = f"c{person}{number}"
        for line in range(1, luck.randint(2, 3)):
            lines.append({"person_key": person, "claim_id": claim, "claim_line_number": line, "allowed_amount": luck.choice((50, 100)),
                          "claim_status": luck.choice(("paid", "paid", "denied", "pending"))})
        for _ in range(luck.randint(0, 2)):
            kind = luck.choice(("replacement", "void", "version", "reversal", "deleted", "orphan"))
            own = luck.random() < 0.4
            adjustment = {"person_key": person, "claim_id": claim if own or kind in ("version", "deleted") else f"{claim}{luck.choice('xyz')}",
                          "claim_line_number": 1, "allowed_amount": luck.choice((50, 100))}
            if kind in ("replacement", "void", "orphan"):
                adjustment |= {"adjustment_type": "void" if kind == "orphan" else kind, "original_claim_id": "none" if kind == "orphan" else claim}
            if kind == "reversal":
                adjustment |= {"allowed_amount": -adjustment["allowed_amount"], "claim_status": luck.choice(("reversed", "paid"))}
            if kind == "deleted":
                adjustment["record_action"] = "D"
            lines.append(adjustment)
    for line in lines:
        line["received_date"] = f"2024-{1 + (day := next(days)) // 28:02d}-{1 + day % 28:02d}"
    return lines


def drawing(lines: list[dict]) -> str:
    columns = ["person_key", "claim_id", "claim_line_number", "allowed_amount", "claim_status", "adjustment_type", "original_claim_id", "record_action",
               "received_date"]
    return "\n".join(" | ".join(str(line.get(column, "")) for column in columns) for line in [dict(zip(columns, columns, strict=True)), *lines])


def standing(validate, lines: list[dict]) -> set:
    found = validate(medical_claim=drawing(lines)).ask("medical_claim", SHOWN)
    assert len(set(found.cells)) == len(found.cells), "a line stands twice"
    return set(found.cells)


@pytest.mark.parametrize("seed", range(12))
def test_order_and_duplicates_do_not_matter(validate, seed):
    lines = history(seed)
    expected = standing(validate, lines)
    mixed = lines + random.Random(seed + 1000).sample(lines, len(lines) // 2)
    random.Random(seed).shuffle(mixed)
    assert standing(validate, mixed) == expected


@pytest.mark.parametrize("seed", range(4))
def test_a_subset_of_people_has_the_same_rows(validate, seed):
    lines = history(seed)
    everyone = standing(validate, lines)
    for person in (1, 2, 3):
        assert standing(validate, [line for line in lines if line["person_key"] == person]) == {row for row in everyone if row[0] == person}

"""What a fact is called that several concepts mean."""

from collections import namedtuple
from datetime import date

from dashboard import patient_facts
from dashboard.components.concepts import GATHERED, names_a_condition
from dashboard.reference.load import VALUE_SETS
from dashboard.reference.value_sets import read_index


def test_a_fact_is_named_once_by_its_narrowest_concept():
    names = {1: "Office Visit", 2: "Visit", 3: "Visit, ambulatory", 4: "Systolic", 5: "Diastolic"}
    concepts = {number: patient_facts.Concept(number, name, frozenset(names), True) for number, name in names.items()}
    first, second, third = date(2024, 1, 2), date(2024, 2, 2), date(2024, 3, 3)
    row = namedtuple("row", "what concept on_date end_date value unit fact")
    assert patient_facts.named_once([
        row("visit", 1, first, first, None, None, 30),
        row("visit", 2, first, first, None, None, 30),
        row("visit", 3, first, first, None, None, 30),
        row("visit", 1, first, first, None, None, 40),  # the same visit from another file
        row("service", 2, first, first, None, None, 40),
        row("result", 4, second, second, 120, "mmHg", 31),
        row("result", 5, second, second, 80, "mmHg", 32),
        row("condition", 1, first, None, None, None, 33),
        row("condition", 2, third, None, None, None, 33),
        row("condition", 3, third, None, None, None, 36),
        row("condition", 3, second, None, None, None, 37),  # mentioned again later
        row("stay", 9, first, None, None, None, 34),  # a concept that names nothing
    ], concepts) == {
        ("visit", first, "Office Visit", None): (first, 30, None),
        ("result", second, "Systolic", 120): (second, 31, "mmHg"),
        ("result", second, "Diastolic", 80): (second, 32, "mmHg"),
        ("condition", third, "Office Visit", None): (None, 33, None),
        ("condition", third, "Visit, ambulatory", None): (None, 36, None),
    }


def test_a_claim_line_names_each_of_its_diagnoses():
    shares = {1: {1, 3}, 2: {2, 4}, 3: {1, 3}, 4: {2, 4}}  # Type 2 is among Diabetes; Kidney disease shares no code with either
    titles = {1: "Type 2 diabetes", 2: "Kidney disease, stage 4", 3: "Diabetes", 4: "Kidney disease"}
    concepts = {number: patient_facts.Concept(number, titles[number], frozenset(shares[number]), True) for number in titles}
    day = date(2024, 1, 2)
    row = namedtuple("row", "what concept on_date end_date value unit fact")
    assert patient_facts.named_once([row("condition", concept, day, None, None, None, 30) for concept in (4, 3, 2, 1)], concepts) == {
        ("condition", day, "Type 2 diabetes", None): (None, 30, None),
        ("condition", day, "Kidney disease, stage 4", None): (None, 30, None),
    }


def test_what_gathers_diagnoses_for_a_measure_names_no_condition():
    """30 is a sore throat that a wider concept names too, 31 an infection that only such a value set knows."""
    names = {1: "Competing Conditions for Respiratory Conditions", 2: "Acute Pharyngitis"}
    concepts = {number: patient_facts.Concept(number, name, frozenset(names), names_a_condition(name)) for number, name in names.items()}
    row, day = namedtuple("row", "what concept on_date end_date value unit fact"), date(2024, 1, 2)
    told = patient_facts.named_once([row("condition", 1, day, None, None, None, 30), row("condition", 2, day, None, None, None, 30),
                                     row("condition", 1, day, None, None, None, 31)], concepts)
    assert told == {("condition", day, "Acute Pharyngitis", None): (None, 30, None)}
    assert {concept.title for concept in read_index(VALUE_SETS, [])} >= GATHERED, "each is the title of a value set"


def test_concepts_know_with_which_others_they_share_a_code(run):
    made = run("mart/concept", {
        "reference.concept": """
            concept | name          | title
            1       | type_2        | Type 2 diabetes
            2       | diabetes      | Diabetes
            3       | well_care     | Well-care visit
            4       | without_codes | Without codes
        """,
        "reference.value_set_code": """
            concept | code_system | code
            1       | ICD10CM     | E119
            2       | ICD10CM     | E119
            2       | ICD10CM     | E109
            3       | ICD10CM     | Z0000
            1       | POS         | 11
            3       | POS         | 11
        """,
        "reference.sensitive": """
            kind | name
            kind | name
        """})
    assert {row["concept"]: (row["codes"], row["shares"]) for row in made} == {
        1: (1, [1, 2]), 2: (2, [1, 2]), 3: (1, [3]), 4: (1_000_000_000, [4])}

"""Values: comparators, units, and what is present without being a number."""


from asked import ONE_CODE, asked
from drawn import rows

UNITS = {"reference.concept": """
    concept | name
    1       | hba1c
    2       | other
""", "reference.unit": """
    from_unit | to_unit  | concept | factor  | shift
    mmol/mol  | %        | hba1c   | 0.09148 | 2.152
    percent   | %        |         | 1       | 0
    g/L       | g/dL     |         | 0.1     | 0
"""}


def results(*lines: str) -> dict[str, str]:
    head = "person | source_row | observation_date | result_type | result_numeric | result_comparator | units_ucum | sent_codes"
    return UNITS | {"valid.observation": "\n".join([head, *(f"1 | {n} | 2024-03-01 | {line}" for n, line in enumerate(lines, 10))])}


def test_a_comparator_makes_a_range():
    answer = asked("observation", results(*(f"quantity | 5.7 | {sign} | % | {ONE_CODE}" for sign in ("", "<", "<=", ">", ">="))))
    values = {row["fact"]: (row["value"], row["value_high"]) for row in answer}
    assert values[10] == (5.7, 5.7)
    assert values[12] == (float("-inf"), 5.7)
    assert values[14] == (5.7, float("inf"))
    assert values[11][0] == float("-inf") and 5.699999 < values[11][1] < 5.7
    assert 5.7 < values[13][0] < 5.700001 and values[13][1] == float("inf")


def test_values_are_in_the_unit_of_their_concept():
    answer = asked("observation", results(
        f"quantity | 7.5 | | % | {ONE_CODE}", f"quantity | 7.5 | | percent | {ONE_CODE}", f"quantity | 100 | | mmol/mol | {ONE_CODE}",
        f"quantity | 7.5 | | mg/dL | {ONE_CODE}", f"quantity | 7.5 | | | {ONE_CODE}"), "has_value")
    assert [(row["fact"], row["value"] and round(row["value"], 3), row["unit"], row["has_value"]) for row in sorted(answer, key=lambda r: r["fact"])] == [
        (10, 7.5, "%", True), (11, 7.5, "%", True), (12, 11.3, "%", True), (13, None, "mg/dL", True), (14, 7.5, None, True)]


def test_a_unit_is_spelled_anew_for_every_concept():
    answer = asked("observation", results("quantity | 120 | | g/L | [{'code_system': 'SNOMEDCT', 'code': 'A1'}]"))
    assert {(row["concept"], row["value"], row["unit"]) for row in answer} == {(1, None, "g/dL"), (2, 12.0, "g/dL")}


def test_which_kind_of_value():
    assert asked("observation", {"valid.observation": f"""
            person | source_row | observation_date | result_type | result | result_numeric | result_codes                               | is_component | sent_codes
            1      | 10         | 2024-03-01       | quantity    | 7      | 7              |                                            | F            | {ONE_CODE}
            1      | 11         | 2024-03-01       | coded       | yes    |                | [{{'code_system': 'SNOMEDCT', 'code': 'Y'}}] | F            | {ONE_CODE}
            1      | 12         | 2024-03-01       | integer     | 9      | 9              |                                            | T            | {ONE_CODE}
            1      | 13         | 2024-03-01       |             |        |                |                                            | F            | {ONE_CODE}
            1      | 14         | 2024-03-01       |             | POS    |                |                                            | F            | {ONE_CODE}
        """}, "has_value", "coded_value", "integer_value", "component") == rows("""
            fact | has_value | coded_value | integer_value | component
            10   | T         | F           | F             | F
            11   | T         | T           | F             | F
            12   | T         | F           | T             | T
            13   | F         | F           | F             | F
            14   | T         | F           | F             | F
        """)


def test_the_day_of_a_lab_is_its_collection_else_its_result():
    assert asked("lab_result", {"valid.lab_result": f"""
            person | source_row | collection_datetime | result_datetime     | status | result_numeric | sent_codes
            1      | 10         | 2024-03-01 23:00:00 | 2024-03-02 08:00:00 | final  | 7              | {ONE_CODE}
            1      | 11         |                     | 2024-03-02 08:00:00 |        | 7              | {ONE_CODE}
        """}, "laboratory", "lab_profile", "observation_final", "has_value", "done") == rows("""
            fact | start_date | end_date   | laboratory | lab_profile | observation_final | has_value | done
            10   | 2024-03-01 | 2024-03-01 | T          | T           | T                 | T         | T
            11   | 2024-03-02 | 2024-03-02 | T          | T           | T                 | T         | T
        """)

"""From when to when: open and unknown ends, prevalence, medication periods, the two clocks, nothing after as_of."""


import pytest
from asked import ONE_CODE, asked, only
from drawn import rows

ENCOUNTERS = f"""
    person | source_row | status   | encounter_start_date | encounter_end_date | codes
    1      | 10         | finished | 2024-03-01           | 2024-03-02         | {ONE_CODE}
    1      | 11         | finished | 2024-03-01           |                    | {ONE_CODE}
    1      | 12         | finished |                      | 2024-03-02         | {ONE_CODE}
    1      | 13         | finished |                      |                    | {ONE_CODE}
"""


def test_a_period_without_end_is_open_and_without_start_unknown():
    assert asked("encounter", {"valid.encounter": ENCOUNTERS}) == rows("""
        fact | start_date | end_date
        10   | 2024-03-01 | 2024-03-02
        11   | 2024-03-01 | infinity
        12   |            | 2024-03-02
        13   |            |
    """)


PREVALENCE = """
    case                                       | clinical_status | onset      | abatement  | unknown | start      | end
    active, no abatement: for ever             | active          | 2020-05-01 |            |         | 2020-05-01 | infinity
    recurrence, no abatement: for ever         | recurrence      | 2020-05-01 |            |         | 2020-05-01 | infinity
    relapse, no abatement: for ever            | relapse         | 2020-05-01 |            |         | 2020-05-01 | infinity
    active with abatement: until then          | active          | 2020-05-01 | 2021-01-01 |         | 2020-05-01 | 2021-01-01
    resolved with abatement: until then        | resolved        | 2020-05-01 | 2021-01-01 |         | 2020-05-01 | 2021-01-01
    resolved without abatement: end unknown    | resolved        | 2020-05-01 |            |         | 2020-05-01 |
    inactive without abatement: end unknown    | inactive        | 2020-05-01 |            |         | 2020-05-01 |
    remission without abatement: end unknown   | remission       | 2020-05-01 |            |         | 2020-05-01 |
    no status, no abatement: end unknown       |                 | 2020-05-01 |            |         | 2020-05-01 |
    abatement period without end: end unknown  | active          | 2020-05-01 |            | T       | 2020-05-01 |
    no onset: since ever                       | active          |            |            |         | -infinity  | infinity
"""


@pytest.mark.parametrize("case", PREVALENCE.strip().splitlines()[1:])
def test_prevalence_of_a_condition(case):
    _, status, onset, abatement, unknown, start, end = [cell.strip() for cell in case.split("|")]
    answer = asked("condition", {"valid.condition": f"""
        person | source_row | clinical_status | onset_date | resolved_date | abatement_unknown | recorded_date | sent_codes
        1      | 10         | {status}        | {onset}    | {abatement}   | {unknown}         | 2019-01-01    | {ONE_CODE}
    """}, "condition")
    assert only(answer, "condition") == rows(f"""
        start_date | end_date
        {start}    | {end}
    """)


def test_the_recorded_facet_is_the_record_else_the_onset():
    answer = asked("condition", {"valid.condition": f"""
        person | source_row | clinical_status | onset_date | recorded_date | sent_codes
        1      | 10         | active          | 2020-05-01 | 2020-06-01    | {ONE_CODE}
        1      | 11         | active          | 2020-05-01 |               | {ONE_CODE}
    """}, "recorded", "condition", "clinically_active")
    assert only(answer, "recorded") == rows("""
        fact | start_date | end_date   | condition | clinically_active
        10   | 2020-06-01 | 2020-06-01 | F         | T
        11   | 2020-05-01 | 2020-05-01 | F         | T
    """)


def test_a_diagnosis_without_clinical_status_holds_on_its_recorded_day_a_problem_from_it_on():
    answer = asked("condition", {"valid.condition": f"""
        person | source_row | condition_type      | recorded_date | sent_codes
        1      | 10         | discharge_diagnosis | 2024-01-05    | {ONE_CODE}
        1      | 11         | problem             | 2024-01-05    | {ONE_CODE}
    """}, "condition")
    assert only(answer, "condition") == rows("""
        fact | start_date | end_date
        10   | 2024-01-05 | 2024-01-05
        11   | 2024-01-05 | infinity
    """)


def test_diagnoses_of_an_encounter_take_its_dates():
    assert asked("visit_diagnosis", {"valid.encounter": """
            person | source_row | data_source | encounter_id | encounter_start_date | encounter_end_date | diagnoses
            1      | 10         | s           | e            | 2024-03-01           | 2024-03-04         | [{'condition_id': 'c', 'rank': 1, 'use': 'billing'}, {'condition_id': 'd', 'rank': 2, 'use': 'billing'}]
            1      | 11         | s           | f            | 2024-05-01           |                    | [{'condition_id': 'c', 'rank': 1, 'use': 'AD'}]
        """, "valid.condition": f"""
            person | source_row | data_source | condition_id | clinical_status | onset_date | sent_codes
            1      | 20         | s           | c            | active          | 2010-01-01 | {ONE_CODE}
            1      | 21         | s           | d            | active          | 2010-01-01 | {ONE_CODE}
            1      | 22         | t           | c            | active          | 2010-01-01 | {ONE_CODE}
        """}, "visit_diagnosis", "principal", "condition") == rows("""
            fact | start_date | end_date   | visit_diagnosis | principal | condition
            20   | 2024-03-01 | 2024-03-04 | T               | T         | F
            21   | 2024-03-01 | 2024-03-04 | T               | F         | F
            20   | 2024-05-01 | infinity   | T               | F         | F
        """)


MEDICATION_PERIODS = """
    case                                        | start      | days | end        | bounds_start | bounds_end | from       | to
    days: start + days - 1                      | 2024-01-01 | 30   |            |              |            | 2024-01-01 | 2024-01-30
    days win over the bounds period             | 2024-01-01 | 30   |            | 2024-01-01   | 2024-12-31 | 2024-01-01 | 2024-01-30
    no days, bounds end: until it               | 2024-01-01 |      |            | 2024-01-01   | 2024-02-15 | 2024-01-01 | 2024-02-15
    an end that the source computed             | 2024-01-01 |      | 2024-03-01 |              |            | 2024-01-01 | 2024-03-01
    one day                                     | 2024-01-01 | 1    |            |              |            | 2024-01-01 | 2024-01-01
    no days, open bounds: no period             | 2024-01-01 |      |            | 2024-01-01   |            |            |
    no start: no period                         |            | 30   |            |              |            |            |
    zero days: no period                        | 2024-01-01 | 0    |            |              |            |            |
"""


@pytest.mark.parametrize("case", MEDICATION_PERIODS.strip().splitlines()[1:])
def test_medication_period_of_an_order(case):
    _, start, days, end, bounds_start, bounds_end, first, last = [cell.strip() for cell in case.split("|")]
    answer = asked("medication_order", {"valid.medication_order": f"""
        person | source_row | status | intent | authored_date | course_start_date | days_supply | course_end_date | bounds_start_date | bounds_end_date | codes
        1      | 10         | active | order  | 2023-12-30    | {start}           | {days}      | {end}           | {bounds_start}    | {bounds_end}    | {ONE_CODE}
    """}, "medication_course", "ordered", "status_active", "intent_order_like")
    drawing = "start_date | end_date | ordered | status_active | intent_order_like"
    assert only(answer, "medication_course") == rows(f"{drawing}\n{first} | {last} | F | T | T" if first else drawing)
    assert only(answer, "ordered") == rows(f"{drawing}\n2023-12-30 | 2023-12-30 | T | T | T")


def test_bounds_without_end_are_open():
    answer = asked("medication_order", {"valid.medication_order": f"""
        person | source_row | authored_date | bounds_start_date | bounds_end_date | codes
        1      | 10         | 2024-01-01    | 2024-01-02        |                 | {ONE_CODE}
        1      | 11         | 2024-01-01    | 2024-01-02        | 2024-01-05      | {ONE_CODE}
        1      | 12         | 2024-01-01    |                   |                 | {ONE_CODE}
    """}, "medication_bounds")
    assert only(answer, "medication_bounds") == rows("""
        fact | start_date | end_date
        10   | 2024-01-02 | infinity
        11   | 2024-01-02 | 2024-01-05
    """)


def test_a_dispense_covers_its_days_from_the_fill_on():
    assert asked("medication", {"valid.medication": f"""
            person | source_row | medication_kind | status    | dispensing_date | days_supply | sent_codes
            1      | 10         | dispense        | completed | 2024-01-01      | 30          | {ONE_CODE}
            1      | 11         | dispense        | on-hold   | 2024-02-01      |             | {ONE_CODE}
            1      | 12         | dispense        | cancelled | 2024-02-01      | 30          | {ONE_CODE}
        """}, "fill", "dispensed", "medication") == rows("""
            fact | fill | dispensed | medication | start_date | end_date   | value
            10   | T    | F         | T          | 2024-01-01 | 2024-01-01 | 30
            10   | F    | T         | T          | 2024-01-01 | 2024-01-30 | 30
            11   | T    | F         | T          | 2024-02-01 | 2024-02-01 |
        """)


def test_an_allergy_lasts_to_its_last_occurrence_or_is_open_and_its_onset_stands_apart():
    assert asked("allergy", {"valid.allergy": f"""
            person | source_row | clinical_status | onset_date | onset_end_date | last_occurrence_date | codes
            1      | 10         | active          | 2020-01-01 | 2020-01-01     |                      | {ONE_CODE}
            1      | 11         |                 | 2020-01-01 |                | 2022-01-01           | {ONE_CODE}
            1      | 12         | resolved        |            |                |                      | {ONE_CODE}
        """}, "allergy", "onset", "clinically_active", "status_active") == rows("""
            fact | allergy | onset | clinically_active | status_active | start_date | end_date
            10   | T       | F     | T                 | T             | 2020-01-01 | infinity
            10   | F       | T     | T                 | T             | 2020-01-01 | 2020-01-01
            11   | T       | F     | T                 | F             | 2020-01-01 | 2022-01-01
            11   | F       | T     | T                 | F             | 2020-01-01 | infinity
            12   | T       | F     | F                 | F             | -infinity  | infinity
        """)


def test_a_task_without_end_is_open_and_names_the_order_that_it_fulfils():
    tables = {"valid.task": f"""
        person | source_row | data_source | status    | executed_date | executed_end_date | based_on_ids | codes
        1      | 10         | s           | completed | 2024-01-01    | 2024-01-05        | ['o1', 'o2'] | {ONE_CODE}
        1      | 11         | s           | completed | 2024-01-01    |                   |              | {ONE_CODE}
    """, "valid.service_order": f"""
        person | source_row | data_source | service_order_id | authored_date | codes
        1      | 20         | s           | o1               | 2024-01-01    | {ONE_CODE}
    """}
    tasks, order = asked("task", tables, "task", "status_completed"), asked("service_order", tables, "ordered")
    assert tasks == rows("""
        fact | start_date | end_date   | task | status_completed
        10   | 2024-01-01 | 2024-01-05 | T    | T
        10   | 2024-01-01 | 2024-01-05 | T    | T
        11   | 2024-01-01 | infinity   | T    | T
    """)
    assert [task["fact"] for task in tasks if task["panel"] == next(iter(order))["panel"]] == [10]


@pytest.mark.parametrize(("clock", "day"), [("written", "2024-12-31"), ("utc", "2025-01-01")])
def test_production_counts_by_the_written_day_official_variants_by_the_utc_day(clock, day):
    assert asked("encounter", {"valid.encounter": f"""
            person | source_row | encounter_start_date | encounter_start_instant | encounter_end_date | encounter_end_instant | codes
            1      | 10         | 2024-12-31           | 2025-01-01 03:00:00     | 2024-12-31         | 2025-01-01 04:00:00   | {ONE_CODE}
        """}, clock=clock, as_of="9999-12-31") == rows(f"""
            start_date | end_date | start_at            | end_at
            {day}      | {day}    | 2025-01-01 03:00:00 | 2025-01-01 04:00:00
        """)


def test_a_day_known_by_month_or_year_ends_with_its_last_day():
    assert asked("procedure", {"valid.procedure": f"""
            person | source_row | procedure_date | performed_precision | performed_end_date | performed_end_precision | sent_codes
            1      | 10         | 2015-01-01     | year                | 2015-01-01         | year                    | {ONE_CODE}
            1      | 11         | 2024-02-01     | month               | 2024-02-01         | month                   | {ONE_CODE}
            1      | 12         | 2024-02-01     |                     |                    |                         | {ONE_CODE}
            1      | 13         | 2024-02-01     | day                 |                    |                         | {ONE_CODE}
        """}) == rows("""
            fact | start_date | end_date
            10   | 2015-01-01 | 2015-12-31
            11   | 2024-02-01 | 2024-02-29
            12   | 2024-02-01 | 2024-02-01
            13   | 2024-02-01 | infinity
        """)


def test_nothing_that_starts_after_as_of_enters_and_a_later_end_stays():
    assert asked("encounter", {"valid.encounter": f"""
            person | source_row | encounter_start_date | encounter_end_date | codes
            1      | 10         | 2024-06-30           | 2024-07-02         | {ONE_CODE}
            1      | 11         | 2024-07-01           | 2024-07-02         | {ONE_CODE}
        """}, as_of="2024-06-30") == rows("""
            fact | end_date
            10   | 2024-07-02
        """)

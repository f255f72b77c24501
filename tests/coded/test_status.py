"""Which kind of fact: status, category, profile, negation, per release."""


import pytest
from asked import ONE_CODE, asked, only
from drawn import rows


def test_encounter_status():
    assert asked("encounter", {"valid.encounter": f"""
            person | source_row | status           | encounter_start_date | codes
            1      | 10         | finished         | 2024-03-01           | {ONE_CODE}
            1      | 11         | arrived          | 2024-03-01           | {ONE_CODE}
            1      | 12         | triaged          | 2024-03-01           | {ONE_CODE}
            1      | 13         | in-progress      | 2024-03-01           | {ONE_CODE}
            1      | 14         | onleave          | 2024-03-01           | {ONE_CODE}
            1      | 15         | planned          | 2024-03-01           | {ONE_CODE}
            1      | 16         | cancelled        | 2024-03-01           | {ONE_CODE}
            1      | 17         | entered-in-error | 2024-03-01           | {ONE_CODE}
            1      | 18         |                  | 2024-03-01           | {ONE_CODE}
        """}, "encounter_begun", "encounter_finished", "verified") == rows("""
            fact | encounter_begun | encounter_finished | verified
            10   | T               | T                  | T
            11   | T               | F                  | T
            12   | T               | F                  | T
            13   | T               | F                  | T
            14   | T               | F                  | T
            15   | F               | F                  | T
            16   | F               | F                  | F
            17   | F               | F                  | F
            18   | T               | T                  | T
        """)


def test_observation_status():
    assert asked("observation", {"valid.observation": f"""
            person | source_row | status      | observation_date | sent_codes
            1      | 10         | final       | 2024-03-01       | {ONE_CODE}
            1      | 11         | amended     | 2024-03-01       | {ONE_CODE}
            1      | 12         | corrected   | 2024-03-01       | {ONE_CODE}
            1      | 13         | preliminary | 2024-03-01       | {ONE_CODE}
            1      | 14         | registered  | 2024-03-01       | {ONE_CODE}
            1      | 15         | appended    | 2024-03-01       | {ONE_CODE}
            1      | 16         | cancelled   | 2024-03-01       | {ONE_CODE}
        """}, "observation", "observation_final", "observation_unamended", "observation_preliminary", "appended", "done") == rows("""
            fact | observation | observation_final | observation_unamended | observation_preliminary | appended | done
            10   | T           | T                 | T                     | T                       | F        | T
            11   | T           | T                 | F                     | T                       | F        | T
            12   | T           | T                 | T                     | T                       | F        | T
            13   | T           | F                 | F                     | T                       | F        | F
            14   | T           | F                 | F                     | F                       | F        | F
            15   | T           | F                 | F                     | F                       | T        | F
            16   | T           | F                 | F                     | F                       | F        | F
        """)


def test_category_and_profile_of_an_observation():
    assert asked("observation", {"valid.observation": f"""
            person | source_row | categories     | profiles                                   | observation_date | sent_codes
            1      | 10         | ['survey']     | ['qicore-observation-screening-assessment'] | 2024-03-01      | {ONE_CODE}
            1      | 11         | ['laboratory'] | ['qicore-observation-lab']                 | 2024-03-01       | {ONE_CODE}
            1      | 12         | ['imaging']    | ['qicore-observation-clinical-result']     | 2024-03-01       | {ONE_CODE}
            1      | 13         | ['exam']       | ['qicore-observation']                     | 2024-03-01       | {ONE_CODE}
            1      | 14         |                | ['us-core-observation-lab']                | 2024-03-01       | {ONE_CODE}
            1      | 15         |                |                                            | 2024-03-01       | {ONE_CODE}
        """}, "survey", "laboratory", "imaging", "exam", "lab_profile", "screening_profile", "clinical_profile") == rows("""
            fact | survey | laboratory | imaging | exam | lab_profile | screening_profile | clinical_profile
            10   | T      | F          | F       | F    | F           | T                 | F
            11   | F      | T          | F       | F    | T           | F                 | F
            12   | F      | F          | T       | F    | F           | F                 | T
            13   | F      | F          | F       | T    | F           | F                 | F
            14   | F      | F          | F       | F    | T           | T                 | T
            15   | F      | F          | F       | F    | T           | T                 | T
        """)


def test_verification_and_clinical_status_of_a_condition():
    answer = asked("condition", {"valid.condition": f"""
            person | source_row | clinical_status | verification_status | onset_date | sent_codes
            1      | 10         | active          |                     | 2024-03-01 | {ONE_CODE}
            1      | 11         | recurrence      | confirmed           | 2024-03-01 | {ONE_CODE}
            1      | 12         | relapse         | unconfirmed         | 2024-03-01 | {ONE_CODE}
            1      | 13         | inactive        | provisional         | 2024-03-01 | {ONE_CODE}
            1      | 14         | remission       | differential        | 2024-03-01 | {ONE_CODE}
            1      | 15         | resolved        | refuted             | 2024-03-01 | {ONE_CODE}
            1      | 16         |                 | entered-in-error    | 2024-03-01 | {ONE_CODE}
        """}, "condition", "verified", "confirmed", "not_refuted", "not_doubted", "clinically_active", "status_active")
    assert only(answer, "condition") == rows("""
            fact | verified | confirmed | not_refuted | not_doubted | clinically_active | status_active
            10   | T        | F         | T           | T           | T                 | T
            11   | T        | T         | T           | T           | T                 | F
            12   | T        | F         | T           | F           | T                 | F
            13   | T        | F         | T           | T           | F                 | F
            14   | T        | F         | T           | T           | F                 | F
            15   | F        | F         | F           | F           | F                 | F
            16   | F        | F         | T           | F           | F                 | F
        """)


def test_a_profile_that_names_the_kind_of_condition_wins_over_the_category():
    answer = asked("condition", {"valid.condition": f"""
            person | source_row | categories              | profiles                                       | onset_date | sent_codes
            1      | 10         | ['problem-list-item']   | ['qicore-condition']                           | 2024-03-01 | {ONE_CODE}
            1      | 11         | ['health-concern']      |                                                | 2024-03-01 | {ONE_CODE}
            1      | 12         | ['encounter-diagnosis'] |                                                | 2024-03-01 | {ONE_CODE}
            1      | 13         | ['encounter-diagnosis'] | ['qicore-condition-problems-health-concerns']  | 2024-03-01 | {ONE_CODE}
            1      | 14         |                         | ['us-core-condition-encounter-diagnosis']      | 2024-03-01 | {ONE_CODE}
            1      | 15         |                         |                                                | 2024-03-01 | {ONE_CODE}
        """}, "condition", "problem", "encounter_diagnosis", "health_concern", "listed")
    assert only(answer, "condition") == rows("""
            fact | problem | encounter_diagnosis | health_concern | listed
            10   | T       | F                   | F              | T
            11   | T       | F                   | T              | T
            12   | F       | T                   | F              | F
            13   | T       | F                   | F              | F
            14   | F       | T                   | F              | F
            15   | F       | F                   | F              | F
        """)


def test_procedure_status():
    assert asked("procedure", {"valid.procedure": f"""
            person | source_row | status           | procedure_date | sent_codes
            1      | 10         | completed        | 2024-03-01     | {ONE_CODE}
            1      | 11         | in-progress      | 2024-03-01     | {ONE_CODE}
            1      | 12         | entered-in-error | 2024-03-01     | {ONE_CODE}
            1      | 13         |                  | 2024-03-01     | {ONE_CODE}
        """}, "procedure", "procedure_completed", "done", "verified") == rows("""
            fact | procedure | procedure_completed | done | verified
            10   | T         | T                   | T    | T
            11   | T         | F                   | F    | T
            12   | T         | F                   | F    | F
            13   | T         | T                   | T    | T
        """)


@pytest.mark.parametrize("said", ["status | not-done", "not_done | T", "modifier_1 | 1P", "modifier_2 | 2P", "modifier_5 | 3P", "modifier_1 | 8P"])
def test_a_procedure_not_done_is_not_a_procedure(said):
    column, cell = said.split(" | ")
    assert asked("procedure", {"valid.procedure": f"""
            person | source_row | {column} | procedure_date | recorded_date | sent_codes
            1      | 10         | {cell}   | 2024-03-01     | 2024-03-02    | {ONE_CODE}
        """}, "procedure", "procedure_completed", "done", "not_done", "not_done_issued") == rows("""
            start_date | procedure | procedure_completed | done | not_done | not_done_issued
            2024-03-01 | F         | F                   | F    | T        | F
            2024-03-02 | F         | F                   | F    | F        | T
        """)


def test_an_observation_not_done_has_an_effective_and_an_issued_facet_and_is_no_observation():
    assert asked("observation", {"valid.observation": f"""
            person | source_row | status    | not_done | observation_date | observed_end_date | issued_date | sent_codes
            1      | 10         | cancelled | T        | 2024-03-01       | 2024-03-01        | 2024-03-02  | {ONE_CODE}
            1      | 11         | cancelled | T        |                  |                   | 2024-03-02  | {ONE_CODE}
        """}, "observation", "not_done", "not_done_issued") == rows("""
            fact | observation | not_done | not_done_issued | start_date | end_date
            10   | F           | T        | F               | 2024-03-01 | 2024-03-01
            10   | F           | F        | T               | 2024-03-02 | 2024-03-02
            11   | F           | T        | F               |            |
            11   | F           | F        | T               | 2024-03-02 | 2024-03-02
        """)


def test_a_dose_not_given_is_not_a_dose():
    assert asked("immunization", {"valid.immunization": f"""
            person | source_row | status           | not_done | occurrence_date | sent_codes
            1      | 10         | completed        |          | 2024-03-01      | {ONE_CODE}
            1      | 11         | not-done         |          | 2024-03-01      | {ONE_CODE}
            1      | 12         | completed        | T        | 2024-03-01      | {ONE_CODE}
            1      | 13         | entered-in-error |          | 2024-03-01      | {ONE_CODE}
        """}, "immunization", "done", "not_done") == rows("""
            fact | immunization | done | not_done
            10   | T            | T    | F
            11   | F            | F    | T
            12   | F            | F    | T
        """)


@pytest.mark.parametrize("part", ["service_order", "device_order", "medication_order"])
def test_status_and_intent_of_orders_and_orders_not_to_do(part):
    assert asked(part, {f"valid.{part}": f"""
            person | source_row | status    | intent       | do_not_perform | not_done | authored_date | codes
            1      | 10         | active    | order        |                |          | 2024-03-01    | {ONE_CODE}
            1      | 11         | completed | filler-order | F              |          | 2024-03-01    | {ONE_CODE}
            1      | 12         | draft     | plan         |                |          | 2024-03-01    | {ONE_CODE}
            1      | 13         | completed | order        | T              |          | 2024-03-01    | {ONE_CODE}
            1      | 14         | completed | order        |                | T        | 2024-03-01    | {ONE_CODE}
        """}, "ordered", "not_requested", "status_active", "status_completed", "intent_order", "intent_order_like") == rows("""
            fact | ordered | not_requested | status_active | status_completed | intent_order | intent_order_like
            10   | T       | F             | T             | F                | T            | T
            11   | T       | F             | F             | T                | F            | T
            12   | T       | F             | F             | F                | F            | F
            13   | F       | T             | F             | T                | T            | T
            14   | F       | T             | F             | T                | T            | T
        """)


def test_each_release_has_its_own_profile_of_a_drug_not_requested():
    assert asked("medication_order", {"valid.medication_order": f"""
            person | source_row | profiles                           | do_not_perform | authored_date | codes
            1      | 10         | ['qicore-mednotrequested']         | T              | 2024-03-01    | {ONE_CODE}
            1      | 11         | ['qicore-medicationnotrequested']  | T              | 2024-03-01    | {ONE_CODE}
            1      | 12         |                                    | T              | 2024-03-01    | {ONE_CODE}
        """}, "not_requested", "not_requested_2024", "not_requested_2025") == rows("""
            fact | not_requested | not_requested_2024 | not_requested_2025
            10   | T             | T                  | F
            11   | T             | F                  | T
            12   | T             | T                  | T
        """)

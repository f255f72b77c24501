"""What pages show of people, their history, feeds and rates, as tables drawn in and out."""


from drawn import rows

from dashboard import database, patient_facts
from dashboard.build import macros

RATE = """
    rate_id | measure_id | variant | title   | better | harm
    1       | COL-E      | HEDIS   | Colon   | higher | 4
    2       | GSD        | HEDIS   | A1c > 9 | lower  | 2
    3       | FUH        | HEDIS   | 7 days  | higher | 1
    4       | FUH        | HEDIS   | 30 days | higher | 1
"""

PERSON = """
    person | last_name | birth_date | death_date | held
    1      | A         | 1960-11-20 |            | F
    2      | B         | 1960-11-21 |            | F
    3      | Dead      | 1960-01-01 | 2024-11-20 | F
    4      | Held      | 1960-01-01 |            | T
"""
NO_GAPS = {"reference.rate": "rate_id", "result.measure_result": "rate_id"}


def test_a_panel_is_today_s_living_people_of_a_clinician(run):
    assert run("mart/panel", {**NO_GAPS, "coded.person": PERSON, "coded.attribution": """
        person | clinician_npi | practice_id | group_id | start_date | end_date
        1      | 100           | P           | G        | 2024-01-01 | 2024-11-19
        1      | 200           | P           | G        | 2024-11-20 | infinity
        3      | 200           | P           | G        | 2024-01-01 | infinity
        4      | 200           | P           | G        | 2024-01-01 | infinity
    """}, as_of="2024-11-20") == rows("""
        person | clinician_npi | age
        1      | 200           | 64
        2      |               | 63
    """)


def test_two_contracts_with_one_clinician_are_one_row(run):
    answer = run("mart/panel", {**NO_GAPS, "coded.person": PERSON, "coded.attribution": """
        person | contract | clinician_npi | practice_id | group_id | start_date | end_date   | method
        1      | 7        | 200           | P           | G        | 2024-03-01 | infinity   | roster
        1      | 8        | 200           | P           | G        | 2024-01-01 | infinity   | roster
        2      | 7        | 200           | P           | G        | 2024-03-01 | infinity   | roster
    """}, as_of="2024-11-20")
    assert answer == rows("""
        person | attributed_since
        1      | 2024-01-01
        2      | 2024-03-01
    """)


def test_a_panel_row_sums_up_the_person(run):
    bit = macros.kind_bits()
    answer = run("mart/panel", {
        "coded.person": PERSON, "reference.rate": RATE,
        "reference.concept": """
            concept | name
            5       | office_visit
            6       | hba1c_laboratory_test
        """,
        "coded.contract": """
            contract | payer | plan
            7        | X     | Plan X
            8        | Y     |
        """,
        "coded.coverage": """
            person | contract | start_date | end_date
            1      | 7        | 2024-01-01 | infinity
            1      | 8        | 2024-01-01 | infinity
            2      | 7        | 2023-01-01 | 2023-12-31
        """,
        "coded.event": f"""
            person | concept | fact | kinds                                      | start_date
            1      | 5       | 1    | {bit['encounter'] | bit['encounter_begun']} | 2024-03-03
            1      | 5       | 2    | {bit['encounter']}                          | 2024-08-08
            2      | 5       | 3    | {bit['encounter_begun'] | bit['claim']}     | 2024-04-04
            2      | 6       | 4    | {bit['encounter_begun'] | bit['claim']}     | 2024-09-09
        """,
        "coded.stay": """
            person | admit_date | discharge_date
            1      | 2024-11-01 | 2024-11-05
            2      | 2024-11-01 | infinity
        """,
        "result.measure_result": """
            rate_id | period | person | unit | contract | denominator | exclusion | exception | numerator | last_day
            1       | 2024   | 1      | 0    | 7        | T           | F         | F         | F         | 2024-12-31
            2       | 2024   | 1      | 0    | 7        | T           | F         | F         | T         | 2024-11-30
            3       | 2024   | 1      | 9    | 7        | T           | F         | F         | T         | 2024-12-31
            1       | 2023   | 2      | 0    | 7        | T           | F         | F         | F         | 2023-12-31
        """}, as_of="2024-11-20")
    assert answer == rows("""
        person | open_gaps | due_this_month | closed_gaps | top_harm | first_last_day | due_titles       | plans     | last_visit_date | discharge_date
        1      | 2         | 1              | 1           | 2        | 2024-11-30     | [A1c > 9, Colon] | Plan X, Y | 2024-03-03      | 2024-11-05
        2      | 0         | 0              | 0           | 9        |                |                  |           | 2024-04-04      |
    """)


def test_every_clinician_has_a_panel_even_an_empty_one(run):
    assert run("mart/clinician", {
        "coded.person": PERSON,
        "coded.attribution": """
            person | clinician_npi | practice_id | group_id | start_date | end_date
            1      | 200           | P           | G        | 2024-01-01 | infinity
        """,
        "coded.clinician": """
            npi | name  | practice_id | group_id | start_date | end_date
            200 | Adams | P           | G        | 2020-01-01 |
            300 | Empty | P           | G        | 2020-01-01 |
            400 | Left  | P           | G        | 2020-01-01 | 2023-12-31
        """}, as_of="2024-11-20") == rows("""
        clinician_npi | name  | people
        200           | Adams | 1
        300           | Empty | 0
                      |       | 3
    """)


def test_history_keeps_what_was_done_and_sorts_it_by_kind(run):
    bit = macros.kind_bits()
    claim = bit["claim"] | bit["encounter"] | bit["immunization"] | bit["procedure"] | bit["done"]
    assert run("page/patient_history", {
        "reference.concept": """
            concept | name              | origin
            1       | office_visit      | official
            3       | inpatient_stay    | built_in
            4       | influenza_vaccine | official
            6       | hba1c             | official
            7       | eye_exam          | official
            8       | acute_stay        | built_in
            9       | statin            | official
        """,
        "coded.event": f"""
            person | concept | fact         | kinds                | start_date | end_date   | value    | value_high:DOUBLE
            1      | 1       | 206158430209 | {bit['encounter']}   | 2024-01-02 | 2024-01-02 |          |
            1      | 1       | 274877906945 | {claim}              | 2024-01-02 | 2024-01-02 |          |
            1      | 3       | 5            | {bit['stay']}        | 2024-01-02 | 2024-01-02 |          |
            1      | 8       | 8            | {bit['stay']}        | 2024-09-09 | infinity   |          |
            1      | 6       | 206158430210 | {bit['observation']} | 2024-02-02 | 2024-02-02 | 9.4      | 9.4
            1      | 6       | 206158430219 | {bit['observation']} | 2024-08-08 | 2024-08-08 | -infinity | 5.6
            1      | 6       | 206158430214 | {bit['observation']} | 2024-06-06 | 2024-06-06 | infinity |
            1      | 4       | 206158430211 | {claim}              | 2024-03-03 | 2024-03-03 |          |
            1      | 7       | 206158430212 | {claim}              | 2024-04-04 | 2024-04-04 |          |
            1      | 7       | 206158430213 | {bit['claim'] | bit['pending']}           | 2024-05-05 | 2024-05-05 |   |
            1      | 7       | 206158430215 | {bit['procedure'] | bit['not_done']}      | 2024-05-05 | 2024-05-05 |   |
            1      | 9       | 206158430216 | {bit['medication'] | bit['fill']}         | 2024-05-05 | 2024-05-05 | 30 |
            1      | 9       | 206158430216 | {bit['medication'] | bit['dispensed']}    | 2024-05-05 | 2024-06-03 | 30 |
            1      | 7       | 206158430217 | {bit['visit_diagnosis'] | bit['claim']}   | 2024-05-05 | 2024-05-05 |   |
            1      | 7       | 206158430218 | {bit['condition']}                        | 2024-07-07 | infinity   |   |
            2      | 7       | 206158430220 | {claim}                                   | 2024-07-07 | 2024-07-07 |   |
        """}, person=1, sensitive=False) == rows("""
        what         | on_date    | end_date   | value | fact
        visit        | 2024-01-02 | 2024-01-02 |       | 206158430209
        visit        | 2024-01-02 | 2024-01-02 |       | 274877906945
        result       | 2024-02-02 | 2024-02-02 | 9.4   | 206158430210
        result       | 2024-08-08 | 2024-08-08 | 5.6   | 206158430219
        service      | 2024-06-06 | 2024-06-06 |       | 206158430214
        immunization | 2024-03-03 | 2024-03-03 |       | 206158430211
        service      | 2024-04-04 | 2024-04-04 |       | 206158430212
        drug         | 2024-05-05 | 2024-06-03 | 30    | 206158430216
        condition    | 2024-05-05 |            |       | 206158430217
        condition    | 2024-07-07 |            |       | 206158430218
        stay         | 2024-09-09 |            |       | 8
    """)


def test_the_row_of_a_fact_is_told_as_queries_tell_it():
    facts = [(3 << 36) + 7, (3 << 36) + (1 << 35) + (7 << 10) + 2]
    with database.connect(threads=1) as connection:
        macros.prepare(connection)
        told = [connection.execute("SELECT row_of($1::BIGINT)", [fact]).fetchone()[0] for fact in facts]
    assert [patient_facts.row_of(fact) for fact in facts] == told == [7, 7]


def test_warnings_are_added_up_by_feed_and_say_what_to_do(run):
    assert run("mart/warning", {
        "extract.file": """
            file_no | table_name | data_source | feed | file_name
            1       | lab_result | lab_a       | labs | june.csv
            2       | lab_result | lab_a       | labs | july.csv
        """,
        "reference.rule": """
            table_name | rule           | wrong            | cure       | outcome
            lab_result | lab_89_no_unit | no unit was sent | send units | doubtful
            encounter  | lab_89_no_unit | another          | another    | held
        """,
        "valid.warning": """
            table_name | data_source | file_name | rule           | rows | first_row | found                            | cure
            lab_result | lab_a       | june.csv  | lab_89_no_unit | 20   | 5         | 2345-7                           | send units
            lab_result | lab_a       | july.csv  | lab_89_no_unit | 3    | 2         | 2345-7                           | send units
            lab_result | lab_a       | july.csv  | extra_column   | 0    |           | column "x" is not in the contract | ignored
                       | lab_a       | notes.txt | unknown_file   | 0    |           | its name says nothing            | left alone
        """}) == rows("""
        data_source | feed | table_name | rule           | wrong                             | cure                | outcome  | row_count | file_name | first_row
        lab_a       | labs | lab_result | lab_89_no_unit | no unit was sent                  | send units          | doubtful | 23        | july.csv  | 2
        lab_a       | labs | lab_result | extra_column   | column "x" is not in the contract | nothing: ignored    | altered  | 0         | july.csv  |
        lab_a       |      |            | unknown_file   | its name says nothing             | nothing: left alone | altered  | 0         | notes.txt |
    """)


def test_a_feed_is_judged_by_its_own_habit(run):
    assert run("mart/feed", {"extract.file": """
        delivery_no | table_name  | data_source | feed   | row_count | received_at
        1           | eligibility | plan_a      | roster | 5         | 2024-01-01 06:00:00
        2           | eligibility | plan_a      | roster | 5         | 2024-02-01 06:00:00
        3           | eligibility | plan_a      | roster | 5         | 2024-03-01 06:00:00
        4           | eligibility | plan_a      | tape   | 5         | 2024-03-02 06:00:00
        5           | eligibility | plan_b      | roster | 5         | 2024-03-01 06:00:00
    """, "extract.replaced_file": """
        delivery_no | table_name  | data_source | feed   | row_count | received_at
        6           | eligibility | plan_b      | roster | 5         | 2024-01-01 06:00:00
        7           | eligibility | plan_b      | roster | 5         | 2024-01-29 06:00:00
    """}) == rows("""
        data_source | feed   | deliveries | received_at         | usual_days | row_count
        plan_a      | roster | 3          | 2024-03-01 06:00:00 | 30         | 15
        plan_a      | tape   | 1          | 2024-03-02 06:00:00 |            | 5
        plan_b      | roster | 3          | 2024-03-01 06:00:00 | 30         | 5
    """)


def test_unmapped_codes_are_counted_by_row_and_by_code(run):
    assert run("mart/unmapped", {
        "valid.code": """
            data_source | table_name | code_system | code  | rows
            ehr         | condition  | ICD10CM     | E119  | 8
            ehr         | condition  | ICD10CM     | Z999  | 2
        """,
        "reference.value_set_code": """
            concept | code_system | code
            1       | ICD10CM     | E119
            2       | ICD10CM     | E119
        """}) == rows("""
        data_source | code_system | row_count | codes | unmapped_rows | unmapped_codes
        ehr         | ICD10CM     | 10        | 2     | 2             | 1
    """)


def test_rates_are_counts_that_add_up(run):
    assert run("mart/rate", {
        "coded.attribution": """
            person | clinician_npi | practice_id | group_id | start_date | end_date
            1      | 200           | P           | G        | 2024-01-01 | infinity
        """,
        "result.measure_result": """
            rate_id | period | person | unit | contract | initial_population | denominator | exclusion | exception | numerator
            1       | 2024   | 1      | 0    | 7        | T                  | T           | F         | F         | T
            1       | 2024   | 1      | 1    | 7        | T                  | T           | T         | F         | F
            1       | 2024   | 2      | 0    | 7        | T                  | T           | F         | F         | F
        """}) == rows("""
        rate_id | period | contract | initial_population | denominator | exclusion | exception | numerator
        1       | 2024   | 7        | 2                  | 2           | 1         | 0         | 1
        1       | 2024   | 7        | 1                  | 1           | 0         | 0         | 0
    """)

"""What is prompted in the documentation, and which diagnoses count: rows in, rows out."""

from drawn import rows

from dashboard.build import sql
from dashboard.settings import MEASURES, QUERIES

CATEGORIES = """
    release  | model | payment_year | category | label   | chronic | bit
    V28-2026 | V28   | 2026         | 36       | Severe  | T       | 1
    V28-2026 | V28   | 2026         | 37       | Mild    | T       | 2
    V28-2026 | V28   | 2026         | 2        | Passing | F       | 4
    V28-2026 | V28   | 2026         | 249      | Stroke  | T       | 8
"""
PROMPTS = {
    "reference.risk_category": CATEGORIES,
    "reference.risk_hierarchy": "release | hierarchy\nV28-2026 | [{bit: 1, drops: 2}]",
    "reference.risk_doubted": "category | code | title | wants | source\n249 | '' | acute stroke | hospital | HHS OIG, x\n37 | C50 | mild | twice | HHS OIG, y\n2 | '' | severe | often | HHS OIG, z",
    "result.suspect": "person | rule",
}


def prompts(run, scores, support):
    return run("mart/risk_prompt", {**PROMPTS, "result.risk_score": scores, "result.condition_category": support}, as_of="2026-11-20")


def test_recapture_asks_for_lasting_conditions_that_no_claim_names_this_year(run):
    """37 is asked for; 2 passes; person 2 has it; person 3 has the graver form; person 4 is not scored."""
    assert prompts(run, """
        person | model | service_year | release  | segment | hccs
        1      | V28   | 2026         | V28-2026 | CNA     | []
        1      | V28   | 2025         | V28-2026 | CNA     | [37, 2]
        2      | V28   | 2026         | V28-2026 | CNA     | [37]
        2      | V28   | 2025         | V28-2026 | CNA     | [37]
        3      | V28   | 2026         | V28-2026 | CNA     | [36]
        3      | V28   | 2025         | V28-2026 | CNA     | [37]
        4      | V28   | 2026         | V28-2026 |         |
        4      | V28   | 2025         | V28-2026 | CNA     | [37]
    """, """
        person | year | category | counts | days | codes | last_date  | source_row | hospital
        1      | 2025 | 37       | T      | 2    | 1     | 2025-02-01 | 7          | F
        2      | 2025 | 37       | T      | 2    | 1     | 2025-02-01 | 7          | F
        2      | 2026 | 37       | T      | 2    | 1     | 2026-02-01 | 7          | F
        3      | 2026 | 36       | T      | 2    | 1     | 2026-02-01 | 7          | F
    """) == rows("""
        person | kind    | title | last_date
        1      | confirm | Mild  | 2025-02-01
    """)


def test_what_looks_unsupported_is_to_be_removed(run):
    """1: one code on one day; 2: the year before too; 3: on a hospital claim; 4: a stroke that only offices coded."""
    scores = "\n".join(["person | model | service_year | release | segment | hccs", *(
        f"{person} | V28 | 2026 | V28-2026 | CNA | [{category}]" for person, category in ((1, 37), (2, 37), (3, 37), (4, 249)))])
    assert prompts(run, scores, """
        person | year | category | counts | days | codes | last_date  | source_row | hospital
        1      | 2026 | 37       | T      | 1    | 1     | 2026-02-01 | 7          | F
        2      | 2026 | 37       | T      | 1    | 1     | 2026-02-01 | 7          | F
        2      | 2025 | 37       | T      | 1    | 1     | 2025-02-01 | 7          | F
        3      | 2026 | 37       | T      | 1    | 1     | 2026-02-01 | 7          | T
        4      | 2026 | 249      | T      | 3    | 2     | 2026-02-01 | 7          | F
    """) == rows("""
        person | kind   | title  | why
        1      | remove | Mild   | one code on one day of 2026, in no other year on file
        4      | remove | Stroke | acute stroke on an office claim and on no hospital claim of 2026
    """)


def test_groups_that_audits_doubt_by_days_and_by_code(run):
    """1: one day; 2: two days; 3: another code beside; 4: on two days where more are wanted; 5: on three."""
    scores = "\n".join(["person | model | service_year | release | segment | hccs", *(
        f"{person} | V28 | 2026 | V28-2026 | CNA | [{category}]" for person, category in ((1, 37), (2, 37), (3, 37), (4, 2), (5, 2)))])
    found = prompts(run, scores, """
        person | year | category | counts | days | codes | named          | last_date  | source_row | hospital
        1      | 2026 | 37       | T      | 1    | 2     | [C501, C509]   | 2026-02-01 | 7          | F
        2      | 2026 | 37       | T      | 2    | 2     | [C501, C509]   | 2026-02-01 | 7          | F
        3      | 2026 | 37       | T      | 1    | 2     | [C501, D320]   | 2026-02-01 | 7          | F
        4      | 2026 | 2        | T      | 2    | 2     | [F321, F331]   | 2026-02-01 | 7          | F
        5      | 2026 | 2        | T      | 3    | 2     | [F321, F331]   | 2026-02-01 | 7          | F
    """)
    assert found == rows("""
        person | kind   | why                                   | audited
        1      | remove | mild on no more than one day of 2026  | T
        4      | remove | severe on no more than two days of 2026 | T
    """)


def test_what_no_visit_names_is_not_in_the_score_and_is_told(run):
    """1: laboratory claims only; 2: counted last year; 3: not paid; 4: nobody scored."""
    scores = "\n".join(["person | model | service_year | release | segment | hccs", *(f"{person} | V28 | 2026 | V28-2026 | CNA | []" for person in (1, 2, 3))])
    assert prompts(run, scores, """
        person | year | category | counts | why_not                | days | codes | last_date  | source_row | hospital
        1      | 2026 | 37       | F      | service does not count |      | 0     | 2026-02-01 | 7          | F
        2      | 2026 | 37       | F      | service does not count |      | 0     | 2026-02-01 | 7          | F
        2      | 2025 | 37       | T      |                        | 3    | 1     | 2025-02-01 | 7          | F
        3      | 2026 | 37       | F      | claim not paid         |      | 0     | 2026-02-01 | 7          | F
        4      | 2026 | 37       | F      | service does not count |      | 0     | 2026-02-01 | 7          | F
    """) == rows("""
        person | kind   | why                                                                  | audited
        1      | remove | only on claims of 2026 without a face-to-face visit: not in the score | F
    """)


def test_conditions_of_the_charlson_index_are_told_with_the_value_sets_that_mean_the_same(run):
    """Arthritis is in no value set, diabetes in one (by the beginning of its codes); HIV, and what a sensitive value set names, are sensitive; an unpaid claim tells nothing."""
    assert run("mart/comorbidity", {
        "reference.comorbidity": """
            of_index   | condition | title             | weight
            charlson   | rheumd    | Rheumatic disease | 1
            charlson   | diab      | Diabetes          | 1
            charlson   | aids      | HIV or AIDS       | 6
            elixhauser | obes      | Obesity           | 0
        """,
        "reference.comorbidity_code": """
            of_index   | condition | code
            charlson   | rheumd    | M05
            charlson   | diab      | E11
            charlson   | aids      | B20
            elixhauser | obes      | E66
        """,
        "reference.concept": "concept | name\n7 | diabetes",
        "reference.value_set_code": "concept | code_system | code\n7 | ICD10CM | E11*",
        "coded.diagnosis_year": """
            person | year | code | last_date  | source_row   | stands
            1      | 2026 | M059 | 2026-05-03 | 206158430215 | T
            1      | 2025 | M059 | 2025-05-03 | 206158430216 | T
            1      | 2026 | E119 | 2026-04-02 | 206158430217 | T
            1      | 2026 | E660 | 2026-04-02 | 206158430217 | T
            2      | 2026 | B20  | 2026-04-02 | 206158430218 | T
            2      | 2026 | M059 | 2026-04-02 | 206158430219 | F
        """}, as_of="2026-11-20") == rows("""
        person | title             | on_date    | concepts | sensitive
        1      | Rheumatic disease | 2026-05-03 | []       | F
        1      | Diabetes          | 2026-04-02 | [7]      | F
        2      | HIV or AIDS       | 2026-04-02 | []       | T
    """)


def test_each_diagnosis_of_the_year_is_told_whether_it_counts_and_why_not(run):
    """1: counted, in the shade of a graver one, on no claim that counts, known to V24 only; 2: not scoreable; 3: new to Medicare; 4: edited away."""
    assert run("mart/risk_diagnosis", {
        "reference.risk_category": CATEGORIES + "    V24-2026 | V24 | 2026 | 59 | Low | T | 1\n    V24-2026 | V24 | 2026 | 19 | Sugar | T | 2\n",
        "reference.risk_hierarchy": PROMPTS["reference.risk_hierarchy"],
        "reference.risk_sensitive": "model | category | service\nV24 | 59 | mental health",
        "reference.risk_edit": "release | slot | bit | category | when_edited",
        "reference.risk_code": """
            release  | code | sure | slots
            V28-2026 | E110 | 1    | 0
            V28-2026 | E119 | 2    | 0
            V28-2026 | A419 | 4    | 0
            V24-2026 | F320 | 1    | 0
            V24-2026 | E119 | 2    | 0
        """,
        "result.risk_score": """
            person | model | service_year | segment | hccs
            1      | V28   | 2026         | CNA     | [36]
            1      | V28   | 2025         | CNA     | [37]
            2      | V28   | 2026         |         |
            3      | V28   | 2026         | NE      | []
            4      | V28   | 2026         | CNA     | []
        """,
        "coded.diagnosis_year": """
            person | year | code | counts | why_not                | days | last_date  | source_row
            1      | 2026 | E110 | T      |                        | 2    | 2026-02-01 | 7
            1      | 2026 | E119 | T      |                        | 2    | 2026-02-01 | 7
            1      | 2026 | A419 | F      | service does not count | 1    | 2026-02-01 | 7
            1      | 2026 | F320 | T      |                        | 1    | 2026-02-01 | 7
            1      | 2026 | I10  | T      |                        | 1    | 2026-02-01 | 7
            1      | 2025 | A419 | T      |                        | 1    | 2025-02-01 | 7
            2      | 2026 | E119 | T      |                        | 2    | 2026-02-01 | 7
            3      | 2026 | E119 | T      |                        | 2    | 2026-02-01 | 7
            4      | 2026 | E119 | T      |                        | 2    | 2026-02-01 | 7
            5      | 2026 | E119 | T      |                        | 2    | 2026-02-01 | 7
        """}, as_of="2026-11-20") == rows("""
        person | code | label   | counts | why_not                                                             | sensitive
        1      | E110 | Severe  | T      |                                                                     | F
        1      | E119 | Mild    | F      | a graver condition counts instead: Severe                           | F
        1      | A419 | Passing | F      | service does not count                                              | F
        1      | F320 | Low     | F      | a condition of V24 only, not of V28                                 | T
        2      | E119 | Mild    | F      | the patient is not scoreable                                        | F
        3      | E119 | Mild    | F      | new to Medicare: diagnoses count from the next year on              | F
        4      | E119 | Mild    | F      | the code asks for another age or sex, or for a condition beside it  | F
    """)


def test_what_was_named_two_years_ago_and_not_since_is_to_be_considered(run):
    """1: 37 two years ago; 2: last year too; 3: a graver form since; 4: a passing condition; 5: not scored."""
    assert prompts(run, "\n".join(["person | model | service_year | release | segment | hccs", *(
        f"{person} | V28 | 2026 | V28-2026 | {segment} | {hccs}" for person, segment, hccs in
        ((1, "CNA", "[]"), (2, "CNA", "[37]"), (3, "CNA", "[36]"), (4, "CNA", "[]"), (5, "", "")))]), """
        person | year | category | counts | days | codes | last_date  | source_row | hospital
        1      | 2024 | 37       | T      | 2    | 1     | 2024-02-01 | 7          | F
        2      | 2024 | 37       | T      | 2    | 1     | 2024-02-01 | 7          | F
        2      | 2026 | 37       | T      | 2    | 1     | 2026-02-01 | 7          | F
        3      | 2024 | 37       | T      | 2    | 1     | 2024-02-01 | 7          | F
        3      | 2026 | 36       | T      | 2    | 1     | 2026-02-01 | 7          | F
        4      | 2024 | 2        | T      | 2    | 1     | 2024-02-01 | 7          | F
        5      | 2024 | 37       | T      | 2    | 1     | 2024-02-01 | 7          | F
    """) == rows("""
        person | kind     | title | why                                         | confidence | last_date
        1      | consider | Mild  | on claims that counted in 2024, on none since | low      | 2024-02-01
    """)


def test_an_answer_holds_until_there_is_evidence_that_its_writer_did_not_see(run):
    """1 and 2 answered what they saw; of 2 a later value is on file; 3 answered only one of two things that speak for it; 4 took it back; 5: another year."""
    assert run("mart/risk_prompt", {**PROMPTS, "reference.risk_suspect": """
        rule     | title    | at_least | evidence | confidence | source | one_of
        diabetes | Diabetes | 6.5      | A1c      | high       | ADA    | [35, 36]
        insulin  | Diabetes |          | insulin  | high       | FDA    | [35, 36]
    """, "result.suspect": """
        person | rule     | last_date  | last_value | source_row
        1      | diabetes | 2026-05-03 | 7.2        | 7
        2      | diabetes | 2026-09-01 | 8.0        | 7
        3      | diabetes | 2026-05-03 | 7.2        | 7
        3      | insulin  | 2026-06-01 |            | 8
        4      | diabetes | 2026-05-03 | 7.2        | 7
        5      | diabetes | 2026-05-03 | 7.2        | 7
    """, "coded.answer": """
        person | measure_id     | period | unit | kind        | answered | known
        1      | consider-hcc35 | 2026   | 0    | documented  | T        | ['2026-05-03 7.2']
        2      | consider-hcc35 | 2026   | 0    | not_present | T        | ['2026-05-03 7.2']
        3      | consider-hcc35 | 2026   | 0    | not_present | T        | ['2026-05-03 7.2']
        4      | consider-hcc35 | 2026   | 0    | undone      | F        | ['2026-05-03 7.2']
        5      | consider-hcc35 | 2025   | 0    | not_present | T        | ['2026-05-03 7.2']
    """}, as_of="2026-11-20") == rows("""
        person | prompt         | evidence       | answered
        1      | consider-hcc35 | 2026-05-03 7.2 | T
        2      | consider-hcc35 | 2026-09-01 8.0 | F
        3      | consider-hcc35 | 2026-05-03 7.2 | F
        3      | consider-hcc35 | 2026-06-01     | F
        4      | consider-hcc35 | 2026-05-03 7.2 | F
        5      | consider-hcc35 | 2026-05-03 7.2 | F
    """)


def test_no_score_reads_an_answer():
    """Answers join in the mart: nothing of what makes or tells a score names them."""
    paths = [*(QUERIES / "result").glob("*.sql"), *(QUERIES / "coded").glob("*year*.sql"), *(MEASURES / "risk").glob("*.sql"),
             *(QUERIES / "mart" / f"{name}.sql" for name in ("risk", "risk_factor", "risk_diagnosis", "risk_history", "prediction"))]
    assert paths and not [path.name for path in paths if "answer" in sql.relation(path).text.replace("answer.sql", "")]

"""Roll-ups: who counts where, once at every level, and why gaps are open."""

from drawn import rows

RATES = """
    rate_id | measure_id | title  | better | basis  | chart_only
    1       | COL-E      | Colon  | higher | person | F
    2       | GSD        | A1c    | lower  | person | F
    3       | TRC        | Told   | higher | episode | T
    4       | FUH        | Seen   | higher | episode | F
"""
PEOPLE = """
    person | death_date | held | race   | ethnicity | language | race_source
    1      |            | F    | 2106-3 | 2186-5    | en       | direct
    2      |            | F    | 2054-5 | 2186-5    | en       | indirect
    3      | 2024-05-01 | F    |        |           | es       |
    4      |            | F    | 2106-3 | 2186-5    | es       |
"""
# Person 1 has a clinician in each of two practices, 4 nobody.
ATTRIBUTION = """
    person | contract | clinician_npi | practice_id | group_id | start_date | end_date
    1      | 7        | A             | P1          | G1       | 2020-01-01 |
    1      | 8        | B             | P2          | G1       | 2020-01-01 |
    2      | 0        | A             | P1          | G1       | 2020-01-01 |
    2      | 0        | B             | P2          | G1       | 2019-01-01 | 2019-12-31
    3      | 0        | B             | P2          | G1       | 2020-01-01 |
"""
CONTRACTS = """
    contract | payer | plan | product_line
    7        | X     | X MA | medicare
    8        | Y     | Y MC | medicaid
"""
RESULTS = """
    rate_id | period | person | unit | contract | denominator | exclusion | exception | numerator | last_day
    1       | 2024   | 1      | 0    | 7        | T           | F         | F         | T         | 2024-12-31
    1       | 2024   | 1      | 0    | 8        | T           | F         | F         | F         | 2024-12-31
    1       | 2024   | 2      | 0    | 7        | T           | F         | F         | F         | 2024-12-31
    1       | 2024   | 3      | 0    | 8        | T           | F         | F         | F         | 2024-12-31
    1       | 2024   | 4      | 0    | 0        | T           | T         | F         | F         | 2024-12-31
    2       | 2024   | 2      | 0    | 7        | T           | F         | F         | T         | 2024-12-31
    3       | 2024   | 1      | 5    | 7        | T           | F         | F         | F         | 2024-12-31
    4       | 2024   | 1      | 5    | 7        | T           | F         | F         | F         | 2024-12-31
    4       | 2024   | 1      | 6    | 7        | T           | F         | F         | T         | 2024-12-31
    4       | 2024   | 1      | 7    | 7        | T           | F         | F         | F         | 2024-03-31
"""
TABLES = {"coded.person": PEOPLE, "coded.attribution": ATTRIBUTION, "coded.contract": CONTRACTS, "reference.rate": RATES,
          "result.measure_result": RESULTS, "reference.omb_name": """
    code   | name
    2186-5 | Not Hispanic or Latino
"""}
# What the macros read by name must be drawn even when it is empty.
MISSES = """
    rate_id | period | person | unit | contract | clause | date       | fact | why
    1       | 2024   | 2      | 0    | 7        | 1      | 2013-05-05 | 90   | too early
    1       | 2024   | 2      | 0    | 7        | 2      | 2024-10-01 | 91   | not yet counted
"""
CLAUSES = """
    rate_id | clause | role      | from_date  | to_date    | value_bound
    1       | 1      | numerator | 2015-01-01 | 2024-12-31 |
    1       | 2      | numerator | 2024-01-01 | 2024-12-31 |
"""


def claims(status):
    return f"""
        person | fact | status   | start_date
        2      | 91   | {status} | 2024-10-01
    """


def tables(**more):
    return TABLES | {"result.nearest_miss": MISSES, "reference.clause": CLAUSES, "coded.uncounted_claim": claims("denied")} | more


def measured(run, **more):
    return run("mart/measured", tables(**more), as_of="2024-11-20")


def test_several_contracts_are_one_row_and_the_open_one_speaks(run):
    found = [row for row in measured(run) if row["rate_id"] == 1 and row["person"] == 1]
    assert {(row["plan_key"], row["status"]) for row in found} == {("all", "open"), ("medicare", "closed"), ("medicaid", "open"), ("7", "closed"), ("8", "open")}


def test_the_dead_have_nothing_to_do_and_chart_only_rates_are_not_counted(run):
    found = {(row["rate_id"], row["person"]): row["status"] for row in measured(run) if row["plan_key"] == "all"}
    assert found == {(1, 1): "open", (1, 2): "open", (1, 3): "missed", (1, 4): "excluded", (2, 2): "open", (4, 1): "open"}


def test_units_of_a_person(run):
    found = next(row for row in measured(run) if row["rate_id"] == 4 and row["plan_key"] == "all")
    assert (found["units"], found["closed_units"], found["status"]) == (3, 1, "open")


def reason(run, status, **more):
    row = next(row for row in measured(run, **{"coded.uncounted_claim": claims(status)} | more) if (row["rate_id"], row["person"], row["plan_key"]) == (1, 2, "all"))
    return row["status"], row["reason"]


def test_why_a_gap_is_open(run):
    assert reason(run, "denied") == ("open", "rejected")
    assert reason(run, "pending") == ("likely_done", "pending")
    assert reason(run, "reversed") == ("open", "does not count alone")


def test_a_pending_claim_that_would_not_count_is_not_likely_done(run):
    asks_value = CLAUSES.replace("2024-01-01 | 2024-12-31 |", "2024-01-01 | 2024-12-31 | at most 9")
    assert reason(run, "pending", **{"reference.clause": asks_value}) == ("open", "does not count alone")


def test_a_drug_that_was_filled_on_too_few_days_is_told_so(run):
    header, *lines = CLAUSES.strip("\n").split("\n")
    of_days = "\n".join([header + " | days_share", *(line + " | 0.8" for line in lines)])
    assert reason(run, "reversed", **{"reference.clause": of_days}) == ("open", "too few days")


def test_without_a_near_miss_nothing_was_found(run):
    assert next(row["reason"] for row in measured(run) if (row["rate_id"], row["person"], row["plan_key"]) == (1, 1, "all")) == "nothing found"


def test_each_person_is_counted_once_in_any_union_of_panels(run):
    counts = list(run("mart/rate_count", tables(), as_of="2024-11-20"))
    sets = list(run("mart/panel_set", {"coded.person": PEOPLE, "coded.attribution": ATTRIBUTION}, as_of="2024-11-20"))
    of_set = {}
    for row in sets:
        of_set.setdefault(row["panel_set"], set()).add(row["panel"])
    assert sorted(len(panels) for panels in of_set.values()) == [1, 1, 1, 2]
    panel_a, panel_b = next(panels for panels in of_set.values() if len(panels) == 2)

    def people(*panels):
        return sum(row["people"] for row in counts if (row["rate_id"], row["plan_key"], row["aspect"]) == (1, "all", "all")
                   and of_set[row["panel_set"]] & set(panels))
    assert sorted([people(panel_a), people(panel_b)]) == [2, 2]
    assert people(panel_a, panel_b) == 3  # 1 is in both
    assert people(*set().union(*of_set.values())) == 4


def test_counts_are_the_rows_of_the_list(run):
    counted, listed = {}, {}
    for row in run("mart/rate_count", tables(), as_of="2024-11-20"):
        if row["aspect"] == "all":
            key = row["rate_id"], row["plan_key"], row["panel_set"], row["status"], row["reason"]
            counted[key] = counted.get(key, 0) + row["people"]
    for row in measured(run):
        key = row["rate_id"], row["plan_key"], row["panel_set"], row["status"], row["reason"]
        listed[key] = listed.get(key, 0) + 1
    assert {key: number for key, number in counted.items() if number} == listed


def test_subgroups_with_their_source(run):
    found = {(row["aspect"], row["value"], row["source"], row["status"]): row["people"] for row in run("mart/rate_count", tables(), as_of="2024-11-20")
             if row["rate_id"] == 2 and row["plan_key"] == "all" and row["aspect"] != "all"}
    assert found == {("race", "2054-5", "indirect", "not closed"): 1, ("ethnicity", "Not Hispanic or Latino", "indirect", "not closed"): 1,
                     ("language", "en", "as sent", "not closed"): 1}


def test_a_claim_to_fix_names_the_gap_that_it_would_close(run):
    drawn = tables(**{"reference.clause": CLAUSES.replace("value_bound", "value_bound | concepts:SMALLINT[]").replace("2024-12-31 |", "2024-12-31 | | [3]"),
                      "coded.event": """
        concept | person | fact | kinds
        3       | 2      | 91   | 1
    """, "reference.concept": """
        concept | name        | title
        3       | colonoscopy | Colonoscopy
    """})
    assert run("mart/claim_to_fix", drawn, as_of="2024-11-20") == rows("""
        person | reason   | service     | rate_id | rate_title | start_date
        2      | rejected | Colonoscopy | 1       | Colon      | 2024-10-01
    """)
    assert len(run("mart/claim_to_fix", drawn, as_of="2025-01-05")) == 0


def test_a_sensitive_service_is_on_no_list_of_claims(run):
    drawn = tables(**{"reference.clause": CLAUSES.replace("value_bound", "value_bound | concepts:SMALLINT[]").replace("2024-12-31 |", "2024-12-31 | | [3]"),
                      "reference.sensitive": """
        kind    | name
        measure | COL-E
    """})
    assert len(run("mart/claim_to_fix", drawn, as_of="2024-11-20")) == 0
    names = {row["measure_id"]: row["sensitive"] for row in run("mart/rate_name", {"reference.rate": RATES, "reference.sensitive": drawn["reference.sensitive"]})}
    assert names == {"COL-E": True, "GSD": False, "TRC": False, "FUH": False}

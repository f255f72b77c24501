"""Who is who: keys for ever, merges by member id, MBI or crosswalk, and how they are taken back."""

from drawn import rows


def coverage(sender, name: str, *people: tuple, source: str | None = None):
    """A delivery of eligibility: (person_id, member_id, mbi, birth_date)."""
    sent = sender(name)
    values = ", ".join(f"('{p}', {m!r}, {b!r}, DATE '{born}')".replace("None", "NULL") for p, m, b, born in people)
    sent.parquet("eligibility.parquet", f"""
        SELECT person_id, member_id, medicare_beneficiary_id, birth_date, DATE '2024-01-01' AS enrollment_start_date, 'Acme' AS payer, 'Gold' AS plan,
            '{source or name}' AS data_source
        FROM (VALUES {values}) AS p(person_id, member_id, medicare_beneficiary_id, birth_date)""")
    return sent


def crosswalk(sender, name: str, source: str, *pairs: tuple):
    """A delivery of person_xref: (old, new, unmerge)."""
    sent = sender(name)
    values = ", ".join(f"('{old}', '{new}', {unmerge})" for old, new, unmerge in pairs)
    sent.parquet("person_xref.parquet", f"SELECT old_person_id, new_person_id, unmerge, '{source}' AS data_source FROM (VALUES {values}) AS x(old_person_id, new_person_id, unmerge)")
    return sent


def test_an_id_keeps_its_integer_for_ever(house, sender):
    house.take(coverage(sender, "one", ("b", None, None, "1960-01-01"), ("a", None, None, "1961-01-01")))
    first = house.people()
    house.take(coverage(sender, "two", ("0", None, None, "1962-01-01"), ("a", None, None, "1961-01-01"), source="one"))
    second = house.people()
    assert first == {"one/a": 1, "one/b": 2}
    assert second == first | {"one/0": 3}


def test_tenants_share_no_people(house, sender):
    house.take(coverage(sender, "one", ("a", "m1", None, "1960-01-01")), tenant="north")
    house.take(coverage(sender, "two", ("a", "m1", None, "1960-01-01")), tenant="south")
    people = house.people()
    assert people["one/a"] != people["two/a"]


def test_the_same_mbi_is_the_same_person_across_sources(house, sender):
    house.take(coverage(sender, "plan", ("a", None, "1EG4TE5MK72", "1950-01-01")))
    house.take(coverage(sender, "clinic", ("x", None, "1eg4te5mk72", "1950-01-01"), ("y", None, "1EG4TE5MK99", "1951-01-01")))
    people = house.people()
    assert people["clinic/x"] == people["plan/a"] != people["clinic/y"]


def test_the_same_member_id_of_one_payer_is_the_same_person(house, sender):
    house.take(coverage(sender, "plan", ("a", "m1", None, "1950-01-01"), ("b", "m2", None, "1951-01-01")))
    house.take(coverage(sender, "clinic", ("x", "m1", None, "1950-01-01")))
    people = house.people()
    assert people["clinic/x"] == people["plan/a"] != people["plan/b"]


def test_an_id_handed_on_to_somebody_born_on_another_day_joins_nobody(house, sender):
    house.take(coverage(sender, "plan", ("mother", "m1", None, "1980-01-01")))
    house.take(coverage(sender, "clinic", ("newborn", "m1", None, "2024-01-01")))
    people = house.people()
    assert people["clinic/newborn"] != people["plan/mother"]


def test_name_and_birth_date_join_nobody(house, sender):
    for name in ("north", "south"):
        sent = sender(name)
        sent.ndjson("Patient.ndjson", {"resourceType": "Patient", "id": name, "birthDate": "1960-01-01", "name": [{"family": "Twin", "given": ["Sam"]}]})
        house.take(sent)
    people = house.people()
    assert people["north/north"] != people["south/south"]


def test_a_crosswalk_merges_and_takes_back(house, sender):
    house.take(coverage(sender, "plan", ("old", None, None, "1950-01-01"), ("new", None, None, "1950-01-01")))
    apart = house.people()
    house.take(crosswalk(sender, "merge", "plan", ("old", "new", False)), data_source="plan")
    merged = house.people()
    house.take(crosswalk(sender, "unmerge", "plan", ("old", "new", True)), data_source="plan")
    assert merged["plan/old"] == merged["plan/new"] == apart["plan/new"]
    assert house.people() == apart
    assert house.ask("SELECT reason, since_delivery, undone FROM person_merge") == rows("""
        reason    | since_delivery | undone
        crosswalk | 2              | 3
        """)


def test_merges_chain_and_never_turn_in_circles(house, sender):
    house.take(coverage(sender, "plan", *[(name, None, None, "1950-01-01") for name in "abc"]))
    house.take(crosswalk(sender, "one", "plan", ("a", "b", False)), data_source="plan")
    house.take(crosswalk(sender, "two", "plan", ("b", "c", False)), data_source="plan")
    house.take(crosswalk(sender, "three", "plan", ("c", "a", False)), data_source="plan")
    people = house.people()
    assert len({people["plan/a"], people["plan/b"], people["plan/c"]}) == 1


def test_a_crosswalk_may_name_people_before_their_rows_arrive(house, sender):
    house.take(crosswalk(sender, "merge", "plan", ("old", "new", False)), data_source="plan")
    house.take(coverage(sender, "plan", ("old", None, None, "1950-01-01"), ("new", None, None, "1950-01-01")))
    people = house.people()
    assert people["plan/old"] == people["plan/new"]


def test_rows_without_a_person_go_on_without_a_key(house, sender):
    sent = sender()
    sent.parquet("condition.parquet", "SELECT 'c1' AS condition_id, NULL::VARCHAR AS person_id, 'ehr' AS data_source")
    house.take(sent)
    assert house.extract("condition", "condition_id, person_key") == rows("""
        condition_id | person_key
        c1           |
        """)

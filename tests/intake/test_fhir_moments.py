"""Moments: day as written, UTC instant, offset, precision; courses of drugs; onset by age."""

import pytest
from drawn import rows

PATIENT = {"resourceType": "Patient", "id": "p1", "birthDate": "1990-05-10", "gender": "female"}


def of_patient(resource_type: str, **fields) -> dict:
    return {"resourceType": resource_type, "id": "x1", "subject": {"reference": "Patient/p1"}} | fields


def test_a_moment_keeps_instant_written_day_offset_and_precision(house, sender):
    sent = sender()
    sent.ndjson("Encounter.ndjson", *[of_patient("Encounter", id=f"e{i}", period={"start": start}) for i, start in enumerate(
        ["2024-01-01T23:30:00-05:00", "2024-01-02T04:30:00Z", "2024-01-02T08:00:00.250+10:00", "2024-01-02", "2024-01", "2024", "2024-02-30"])])
    house.take(sent)
    assert house.extract("encounter") == rows("""
        encounter_id | encounter_start_date | encounter_start_instant    | encounter_start_offset_minutes | encounter_start_precision
        e0           | 2024-01-01           | 2024-01-02 04:30:00        | -300                           | instant
        e1           | 2024-01-02           | 2024-01-02 04:30:00        | 0                              | instant
        e2           | 2024-01-02           | 2024-01-01 22:00:00.250    | 600                            | instant
        e3           | 2024-01-02           |                            |                                | day
        e4           | 2024-01-01           |                            |                                | month
        e5           | 2024-01-01           |                            |                                | year
        e6           | 2024-02-30           |                            |                                | day
        """)


def test_an_encounter_without_end_stays_open(house, sender):
    sent = sender()
    sent.ndjson("Encounter.ndjson", of_patient("Encounter", period={"start": "2024-01-02"}))
    house.take(sent)
    assert house.extract("encounter", "encounter_end_date, encounter_end_precision") == rows("""
        encounter_end_date | encounter_end_precision
                           |
        """)


def test_a_single_moment_ends_when_it_starts_and_a_period_without_end_is_open(house, sender):
    sent = sender()
    sent.ndjson("Procedure.ndjson",
                of_patient("Procedure", id="moment", performedDateTime="2024-03-01T10:00:00Z"),
                of_patient("Procedure", id="period", performedPeriod={"start": "2024-03-01"}),
                of_patient("Procedure", id="never", _performedDateTime={"extension": []}))
    report = house.take(sent)
    assert report.warnings == []
    assert house.extract("procedure") == rows("""
        procedure_id | procedure_date | performed_end_date | performed_end_instant
        moment       | 2024-03-01     | 2024-03-01         | 2024-03-01 10:00:00
        period       | 2024-03-01     |                    |
        never        |                |                    |
        """)


def test_onset_by_age_is_the_birthday_of_that_age(house, sender):
    sent = sender()
    sent.ndjson("all.ndjson", PATIENT,
                of_patient("Condition", id="age", onsetAge={"value": 30, "unit": "years", "code": "a"}),
                of_patient("Condition", id="months", onsetAge={"value": 18, "code": "mo"}),
                of_patient("Condition", id="range", onsetRange={"low": {"value": 20, "code": "a"}, "high": {"value": 29, "code": "a"}}))
    house.take(sent)
    assert house.extract("condition") == rows("""
        condition_id | onset_date | onset_precision
        age          | 2020-05-10 | day
        months       | 1991-11-10 | day
        range        | 2010-05-10 | day
        """)


def test_onset_by_age_finds_the_birth_day_in_an_earlier_delivery(house, sender):
    first, second = sender("first"), sender("second")
    first.ndjson("Patient.ndjson", PATIENT)
    second.ndjson("Condition.ndjson", of_patient("Condition", onsetAge={"value": 30, "code": "a"}))
    house.take(first, data_source="ehr")
    house.take(second, data_source="ehr")
    assert house.extract("condition", "onset_date") == rows("""
        onset_date
        2020-05-10
        """)


def test_abatement_ends_a_condition(house, sender):
    sent = sender()
    sent.ndjson("Condition.ndjson",
                of_patient("Condition", id="moment", abatementDateTime="2024-06-01"),
                of_patient("Condition", id="period", abatementPeriod={"start": "2024-01-01", "end": "2024-06-01"}),
                of_patient("Condition", id="instant", abatementPeriod={"end": "2024-06-01T00:00:00Z"}),
                of_patient("Condition", id="open", abatementPeriod={"start": "2024-01-01"}),
                of_patient("Condition", id="words", abatementString="last year"),
                of_patient("Condition", id="none"))
    house.take(sent)
    assert house.extract("condition") == rows("""
        condition_id | resolved_date | abatement_instant       | abatement_unknown
        moment       | 2024-06-01    |                         | F
        period       | 2024-05-31    |                         | F
        instant      | 2024-05-31    | 2024-05-31 23:59:59.999 | F
        open         |               |                         | T
        words        |               |                         | T
        none         |               |                         | F
        """)


DAYS = {"value": 30, "code": "d"}


@pytest.mark.parametrize(("fields", "course"), [
    ({"authoredOn": "2024-01-10", "dispenseRequest": {"expectedSupplyDuration": DAYS}}, ("2024-01-10", "2024-02-08", 30)),
    ({"authoredOn": "2024-01-10", "dispenseRequest": {"expectedSupplyDuration": DAYS, "numberOfRepeatsAllowed": 2}}, ("2024-01-10", "2024-04-08", 90)),
    ({"authoredOn": "2024-01-10", "dispenseRequest": {"quantity": {"value": 60}}, "dosageInstruction": [
        {"timing": {"repeat": {"frequency": 2, "period": 1, "periodUnit": "d"}}, "doseAndRate": [{"doseQuantity": {"value": 1}}]}]},
     ("2024-01-10", "2024-02-08", 30)),
    ({"authoredOn": "2024-01-10", "dispenseRequest": {"quantity": {"value": 60}}, "dosageInstruction": [
        {"timing": {"repeat": {"timeOfDay": ["08:00", "13:00", "20:00"]}}, "doseAndRate": [{"doseQuantity": {"value": 2}}]}]},
     ("2024-01-10", "2024-01-19", 10)),
    ({"authoredOn": "2024-01-10", "dosageInstruction": [{"timing": {"repeat": {"boundsPeriod": {"start": "2024-02-01", "end": "2024-03-01"}}}}]},
     ("2024-02-01", "2024-03-01", None)),
    ({"dispenseRequest": {"validityPeriod": {"start": "2024-05-01"}, "expectedSupplyDuration": {"value": 2, "code": "wk"}}}, ("2024-05-01", "2024-05-14", 14)),
    ({"authoredOn": "2024-01-10", "dispenseRequest": {"quantity": {"value": 60}}}, (None, None, None)),
    ({"authoredOn": "2024-01-10", "dosageInstruction": [{"timing": {"repeat": {"boundsPeriod": {"start": "2024-02-01"}}}}]}, (None, None, None)),
], ids=["supply", "refills", "quantity by frequency", "quantity by times of day", "bounds", "validity", "dose unknown", "bounds open"])
def test_the_course_of_an_order(house, sender, fields, course):
    sent = sender()
    sent.ndjson("MedicationRequest.ndjson", of_patient("MedicationRequest", **fields))
    house.take(sent)
    assert house.extract("medication_order", "course_start_date, course_end_date, days_supply").cells == [course]


def test_bounds_of_several_dosages_that_touch_are_one(house, sender):
    def dosage(start, end):
        return {"timing": {"repeat": {"boundsPeriod": {"start": start, "end": end}}}}
    sent = sender()
    sent.ndjson("MedicationRequest.ndjson", of_patient("MedicationRequest", dosageInstruction=[
        dosage("2024-02-01", "2024-02-28"), dosage("2024-01-01", "2024-01-31"), dosage("2024-06-01", "2024-06-30")]))
    house.take(sent)
    assert house.extract("medication_order", "bounds_start_date, bounds_end_date") == rows("""
        bounds_start_date | bounds_end_date
        2024-01-01        | 2024-02-28
        """)


def test_a_dispense_lasts_its_days_of_supply(house, sender):
    sent = sender()
    sent.ndjson("MedicationDispense.ndjson",
                of_patient("MedicationDispense", id="said", whenHandedOver="2024-01-05", daysSupply={"value": 90, "code": "d"}),
                of_patient("MedicationDispense", id="prepared", whenPrepared="2024-01-04", quantity={"value": 28},
                           dosageInstruction=[{"doseAndRate": [{"doseQuantity": {"value": 1}}]}]))
    house.take(sent)
    assert house.extract("medication") == rows("""
        medication_id | dispensing_date | days_supply | medication_kind
        said          | 2024-01-05      | 90          | dispense
        prepared      | 2024-01-04      | 28          | dispense
        """)

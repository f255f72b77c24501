-- one row per encounter
SELECT row_number, PATIENT AS person_id, PATIENT AS patient_id, Id AS encounter_id, ENCOUNTERCLASS AS encounter_type, START AS encounter_start,
    STOP AS encounter_end, PROVIDER AS attending_provider_id, ORGANIZATION AS facility_id, TOTAL_CLAIM_COST AS charge_amount,
    PAYER_COVERAGE AS paid_amount, CASE WHEN STOP IS NULL THEN 'in-progress' ELSE 'finished' END AS status,
    class_of(ENCOUNTERCLASS) AS encounter_class, coding('SNOMEDCT', CODE) AS codes, coding('SNOMEDCT', REASONCODE) AS reason_codes
FROM arrived

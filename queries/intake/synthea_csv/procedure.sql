-- one row per procedure
SELECT row_number, PATIENT AS person_id, PATIENT AS patient_id, row_id(PATIENT, ENCOUNTER, CODE, coalesce(START, DATE)) || '-' || row_number
        AS procedure_id,
    ENCOUNTER AS encounter_id, coalesce(START, DATE) AS performed, coalesce(STOP, START, DATE) AS performed_end,
    DESCRIPTION AS source_description, 'completed' AS status, FALSE AS not_done, coding(system_word(SYSTEM, 'SNOMEDCT'), CODE) AS codes,
    coding('SNOMEDCT', REASONCODE) AS reason_codes
FROM arrived

-- one row per immunization
SELECT row_number, PATIENT AS person_id, PATIENT AS patient_id, row_id(PATIENT, ENCOUNTER, CODE, DATE) AS immunization_id, ENCOUNTER AS encounter_id,
    DESCRIPTION AS source_description, 'completed' AS status, DATE AS occurrence, FALSE AS not_done, coding('CVX', CODE) AS codes
FROM arrived

-- one row per condition
SELECT row_number, PATIENT AS person_id, PATIENT AS patient_id, row_id(PATIENT, ENCOUNTER, CODE, START) AS condition_id, ENCOUNTER AS encounter_id,
    START AS recorded, START AS onset, STOP AS abatement, DESCRIPTION AS source_description,
    CASE WHEN STOP IS NULL THEN 'active' ELSE 'resolved' END AS clinical_status, 'confirmed' AS verification_status,
    ['encounter-diagnosis'] AS categories, coding(system_word(SYSTEM, 'SNOMEDCT'), CODE) AS codes
FROM arrived

-- one row per allergy
SELECT row_number, PATIENT AS person_id, row_id(PATIENT, ENCOUNTER, CODE, START) AS allergy_id, ENCOUNTER AS encounter_id, START AS onset,
    STOP AS onset_end, START AS recorded, CASE WHEN STOP IS NULL THEN 'active' ELSE 'resolved' END AS clinical_status,
    'confirmed' AS verification_status, coding(system_word(SYSTEM, 'SNOMEDCT'), CODE) AS codes,
    CASE WHEN CATEGORY IS NOT NULL THEN [CATEGORY] ELSE [] END AS categories
FROM arrived

-- one row per medication: the export has no days of supply, so its course is the time from start to stop
SELECT row_number, PATIENT AS person_id, row_id(PATIENT, ENCOUNTER, CODE, START) AS medication_order_id, ENCOUNTER AS encounter_id,
    START AS authored, 'order' AS intent, FALSE AS do_not_perform, CASE WHEN STOP IS NOT NULL THEN START END AS course_start, STOP AS course_end,
    START AS bounds_start, STOP AS bounds_end, CASE WHEN STOP IS NULL THEN 'active' ELSE 'completed' END AS status, FALSE AS not_done,
    coding('RXNORM', CODE) AS codes, coding('SNOMEDCT', REASONCODE) AS reason_codes, FALSE AS by_reference
FROM arrived

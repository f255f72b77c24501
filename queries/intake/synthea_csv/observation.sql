-- one row per observation; vital signs taken at one moment of an encounter are one panel
SELECT row_number, PATIENT AS person_id, PATIENT AS patient_id, row_id(PATIENT, ENCOUNTER, CODE, DATE) || '-' || row_number AS observation_id,
    CASE WHEN CATEGORY = 'vital-signs' THEN row_id(PATIENT, ENCOUNTER, 'vital-signs', DATE) END AS panel_id, ENCOUNTER AS encounter_id,
    DATE AS observed, DATE AS observed_end, DESCRIPTION AS source_description, VALUE AS result,
    CASE WHEN TYPE = 'numeric' THEN TRY_CAST(VALUE AS DOUBLE) END AS result_numeric,
    CASE WHEN VALUE IS NULL THEN NULL WHEN TYPE = 'numeric' THEN 'quantity' ELSE 'text' END AS result_type,
    UNITS AS units_ucum, UNITS AS source_units, 'final' AS status, FALSE AS not_done, coding('LOINC', CODE) AS codes,
    CASE WHEN CATEGORY IS NOT NULL THEN [CATEGORY] ELSE [] END AS categories, FALSE AS is_component
FROM arrived

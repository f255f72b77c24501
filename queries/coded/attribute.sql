-- one row per fact, aspect and concept: coded details of a fact (value, reason, body site ...)
WITH wanted AS (SELECT covered, code_system, code, concept FROM reference.wanted_code),
arrived AS (SELECT code_system, code, sent FROM valid.code),
location AS (SELECT data_source, location_id, codes FROM valid.location),
visited AS (SELECT person, source_row, data_source, unnest(location_ids) AS location_id FROM valid.encounter),
-- Few records have details: those of a table that may have several are read once.
record AS (
    SELECT person, source_row AS fact, 'class' AS aspect, [{'code_system': 'ActCode', 'code': encounter_class}] AS codes
    FROM valid.encounter WHERE encounter_class IS NOT NULL
    UNION ALL SELECT person, source_row, 'reason', reason_codes FROM valid.encounter
    UNION ALL SELECT person, source_row, 'discharge', discharge_disposition_codes FROM valid.encounter
    UNION ALL SELECT person, source_row, 'location_type', codes FROM visited JOIN location USING (data_source, location_id)
    UNION ALL SELECT person, source_row, 'body_site', body_site_codes FROM valid.condition
    UNION ALL SELECT person, source_row, 'severity', severity_codes FROM valid.condition
    UNION ALL SELECT person, source_row, unnest([{'aspect': 'value', 'codes': result_codes}, {'aspect': 'reason', 'codes': reason_codes},
        {'aspect': 'status_reason', 'codes': status_reason_codes}], max_depth := 2)
    FROM valid.observation WHERE len(result_codes) > 0 OR len(reason_codes) > 0 OR len(status_reason_codes) > 0
    UNION ALL SELECT person, source_row, 'value', result_codes FROM valid.lab_result
    UNION ALL SELECT person, source_row, unnest([{'aspect': 'body_site', 'codes': body_site_codes}, {'aspect': 'reason', 'codes': reason_codes},
        {'aspect': 'status_reason', 'codes': status_reason_codes}], max_depth := 2)
    FROM valid.procedure WHERE len(body_site_codes) > 0 OR len(reason_codes) > 0 OR len(status_reason_codes) > 0
    UNION ALL SELECT person, source_row, 'status_reason', status_reason_codes FROM valid.immunization
    UNION ALL SELECT person, source_row, 'reason', reason_codes FROM valid.medication
    UNION ALL SELECT person, source_row, 'status_reason', status_reason_codes FROM valid.medication
    UNION ALL SELECT person, source_row, 'reason', reason_codes FROM valid.medication_order
    UNION ALL SELECT person, source_row, 'status_reason', status_reason_codes FROM valid.medication_order
    UNION ALL SELECT person, source_row, 'reason', reason_codes FROM valid.service_order
    UNION ALL SELECT person, source_row, 'status_reason', status_reason_codes FROM valid.service_order
    UNION ALL SELECT person, source_row, 'reason', reason_codes FROM valid.device_order
    UNION ALL SELECT person, source_row, 'status_reason', status_reason_codes FROM valid.device_order
    UNION ALL SELECT person, source_row, 'reason', reason_codes FROM valid.task
    UNION ALL SELECT person, source_row, 'status_reason', status_reason_codes FROM valid.task
)
SELECT DISTINCT person, fact, aspect, concept
FROM with_concepts('record', 'wanted', 'arrived', 'valid.covered_person')

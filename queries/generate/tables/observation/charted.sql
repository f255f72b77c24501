-- what a person without a plan was asked at a visit, and the answer
SELECT 'O' || lpad(to_hex(h.item_key), 16, '0') AS observation_id, h.person_id, 'E' || lpad(to_hex(h.event_key), 16, '0') AS encounter_id,
    h.day AS observation_date, CAST(h.day AS TIMESTAMP) + to_minutes(visit_minutes(h.event_key) + 5) AS observed_instant, CAST(-480 AS SMALLINT) AS observed_offset_minutes,
    'instant' AS observed_precision, h.day AS observed_end_date, CAST(h.day AS TIMESTAMP) + to_minutes(visit_minutes(h.event_key) + 5) AS observed_end_instant,
    CAST(-480 AS SMALLINT) AS observed_end_offset_minutes, 'instant' AS observed_end_precision, 'survey' AS observation_type,
    source_type(h.coding.code_system) AS source_code_type, h.coding.code AS source_code, h.item AS source_description,
    [h.answer] AS result_codes, 'codeable-concept' AS result_type, 'final' AS status, ['survey'] AS categories, false AS is_component,
    'ehr' AS record_source, 'mso' AS data_source, a.file_date, a.delivery
FROM generate.charted_item AS h
JOIN generate.delivery AS a ON a.feed = 'Clinical exchange' AND h.day BETWEEN a.from_date AND a.to_date
WHERE h.form = 'assessment'

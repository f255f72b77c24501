-- vital sign or questionnaire; a blood pressure is two components of one panel. People without a plan have encounters in the chart: their readings name them.
SELECT 'O' || lpad(to_hex(r.reading_key), 16, '0') AS observation_id, 'B' || lpad(to_hex(r.event_key), 16, '0') AS panel_id, r.person_id,
    CASE WHEN p.uninsured AND c.encounter IS NOT NULL THEN 'E' || lpad(to_hex(r.event_key), 16, '0') END AS encounter_id,
    r.day AS observation_date, CAST(r.day AS TIMESTAMP) + to_minutes(970) AS observed_instant, CAST(-480 AS SMALLINT) AS observed_offset_minutes, 'instant' AS observed_precision,
    r.day AS observed_end_date, CAST(r.day AS TIMESTAMP) + to_minutes(970) AS observed_end_instant, CAST(-480 AS SMALLINT) AS observed_end_offset_minutes,
    'instant' AS observed_end_precision, CASE r.kind WHEN 'vital' THEN 'vital-signs' ELSE 'survey' END AS observation_type,
    'loinc' AS source_code_type, r.code AS source_code, r.test AS source_description, CAST(CAST(r.value AS DECIMAL(9, 1)) AS VARCHAR) AS result, r.value AS result_numeric, 'quantity' AS result_type,
    r.unit AS units_ucum, r.unit AS source_units, 'final' AS status, [CASE r.kind WHEN 'vital' THEN 'vital-signs' ELSE 'survey' END] AS categories,
    r.panel = 'blood pressure' AS is_component, 'ehr' AS record_source, 'mso' AS data_source, a.file_date, a.delivery
FROM generate.reading_of_event AS r
JOIN generate.person AS p USING (id)
JOIN generate.delivery AS a ON a.feed = 'Clinical exchange' AND r.day BETWEEN a.from_date AND a.to_date
JOIN generate.care AS c ON c.care = r.care
WHERE r.kind <> 'lab' AND r.day >= $window_start

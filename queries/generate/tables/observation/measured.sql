-- vital sign or questionnaire; a blood pressure is two components of one panel. People without a plan have encounters in the chart: their readings name them,
-- the panel of a blood pressure has a row of its own, and mammogram and eye exam are findings too: the visit-based measures look for these
WITH taken AS (
    SELECT reading_key, event_key, id, person_id, care, day, kind, code, test, value, unit, panel = 'blood pressure' AS is_component, 'loinc' AS system,
        CASE kind WHEN 'vital' THEN 'vital-signs' ELSE 'survey' END AS category
    FROM generate.reading_of_event WHERE kind <> 'lab'
    UNION ALL BY NAME
    SELECT key_of(r.event_key, 'panel') AS reading_key, r.event_key, r.id, r.person_id, r.care, r.day, one_of(h.codes, r.event_key, 'panel') AS code,
        'blood pressure' AS test, FALSE AS is_component, 'loinc' AS system, 'vital-signs' AS category
    FROM generate.reading_of_event AS r JOIN generate.person AS p USING (id) JOIN generate.code_list AS h ON h.name = 'blood pressure panel'
    WHERE r.test = 'systolic blood pressure' AND p.uninsured
    UNION ALL BY NAME
    SELECT key_of(e.event_key, 'finding') AS reading_key, e.event_key, e.id, p.person_id, e.care, e.day, one_of(h.codes, e.event_key, 'finding') AS code,
        e.care AS test, FALSE AS is_component,
        source_type(h.systems[1]) AS system, CASE h.systems[1] WHEN 'LOINC' THEN 'imaging' ELSE 'exam' END AS category
    FROM generate.event AS e JOIN generate.person AS p USING (id) JOIN generate.code_list AS h ON h.name = e.care || ' finding'
    WHERE p.uninsured
)
SELECT 'O' || lpad(to_hex(r.reading_key), 16, '0') AS observation_id, 'B' || lpad(to_hex(r.event_key), 16, '0') AS panel_id, r.person_id,
    CASE WHEN p.uninsured AND c.encounter IS NOT NULL THEN 'E' || lpad(to_hex(r.event_key), 16, '0') END AS encounter_id,
    r.day AS observation_date, CAST(r.day AS TIMESTAMP) + to_minutes(visit_minutes(r.event_key) + 10) AS observed_instant, CAST(-480 AS SMALLINT) AS observed_offset_minutes, 'instant' AS observed_precision,
    r.day AS observed_end_date, CAST(r.day AS TIMESTAMP) + to_minutes(visit_minutes(r.event_key) + 10) AS observed_end_instant, CAST(-480 AS SMALLINT) AS observed_end_offset_minutes,
    'instant' AS observed_end_precision, r.category AS observation_type,
    r.system AS source_code_type, r.code AS source_code, r.test AS source_description, CAST(CAST(r.value AS DECIMAL(9, 1)) AS VARCHAR) AS result, r.value AS result_numeric,
    CASE WHEN r.value IS NOT NULL THEN 'quantity' END AS result_type,
    r.unit AS units_ucum, r.unit AS source_units, 'final' AS status, [r.category] AS categories,
    r.is_component, 'ehr' AS record_source, 'mso' AS data_source, a.file_date, a.delivery
FROM taken AS r
JOIN generate.person AS p USING (id)
JOIN generate.delivery AS a ON a.feed = 'Clinical exchange' AND r.day BETWEEN a.from_date AND a.to_date
JOIN generate.care AS c ON c.care = r.care
WHERE r.day >= $window_start

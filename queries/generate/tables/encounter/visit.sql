-- encounter in the chart of a person without a plan
SELECT 'E' || lpad(to_hex(e.event_key), 16, '0') AS encounter_id, p.person_id, e.day AS encounter_start_date, CAST(e.day AS TIMESTAMP) + to_minutes(visit_minutes(e.event_key)) AS encounter_start_instant,
    CAST(-480 AS SMALLINT) AS encounter_start_offset_minutes, 'instant' AS encounter_start_precision, e.end_day AS encounter_end_date, CAST(e.end_day AS TIMESTAMP) + to_minutes(visit_minutes(e.event_key) + 20) AS encounter_end_instant,
    CAST(-480 AS SMALLINT) AS encounter_end_offset_minutes, 'instant' AS encounter_end_precision, 'finished' AS status, c.encounter AS encounter_class,
    [{code_system: 'HCPCS', code: one_of(h.codes, e.event_key, 'hcpcs ' || l.hcpcs)}] AS codes, d.npi AS provider_npi, 'mso' AS data_source, a.file_date, a.delivery
FROM generate.event AS e
JOIN generate.care AS c USING (care)
JOIN generate.line AS l ON l.care = e.care AND l.line = 1
JOIN generate.code_list AS h ON h.name = l.hcpcs
JOIN generate.person AS p USING (id)
JOIN generate.delivery AS a ON a.feed = 'Clinical exchange' AND e.end_day BETWEEN a.from_date AND a.to_date
LEFT JOIN generate.clinician_npi AS d ON d.clinician = p.clinician
WHERE p.uninsured AND c.encounter IS NOT NULL AND e.day >= $window_start

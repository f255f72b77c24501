-- procedure in the chart: what was done before the claims begin, and all that was done for people without a plan
SELECT 'P' || lpad(to_hex(key_of(e.event_key, l.line)), 16, '0') AS procedure_id, p.person_id, e.day AS procedure_date, 'day' AS performed_precision, e.end_day AS performed_end_date, 'day' AS performed_end_precision,
    'hcpcs' AS source_code_type, one_of(h.codes, e.event_key, 'hcpcs ' || l.hcpcs) AS source_code, 'completed' AS status, 'ehr' AS record_source, 'mso' AS data_source, a.file_date, a.delivery
FROM generate.event AS e
JOIN generate.care AS c USING (care)
JOIN generate.line AS l USING (care)
JOIN generate.code_list AS h ON h.name = l.hcpcs
JOIN generate.person AS p USING (id)
JOIN generate.delivery AS a ON a.feed = 'Clinical exchange' AND e.end_day BETWEEN a.from_date AND a.to_date
WHERE c.form IS NOT NULL AND l.hcpcs NOT LIKE '% CPT' AND CASE WHEN l.line = 1 THEN e.day < $window_start OR (p.uninsured AND c.encounter IS NULL)
    -- Beside a visit, which is an encounter, all that its claim would have named but a second visit.
    ELSE p.uninsured AND c.encounter IS NOT NULL AND e.day >= $window_start AND l.modifier IS DISTINCT FROM '25'
        AND draw(key_of(key_of(e.event_key, 'claim'), l.line), 'there') < l.share END

-- dose given, as the registry holds it
SELECT 'V' || lpad(to_hex(key_of(e.event_key, v.product)), 16, '0') AS immunization_id, p.person_id, 'cvx' AS source_code_type,
    one_of(l.codes, hash(e.id), v.product || ' CPT') AS source_code, 'completed' AS status, e.day AS occurrence_date, 'day' AS occurrence_precision,
    'registry' AS record_source, 'mso' AS data_source, a.file_date, a.delivery
FROM generate.event AS e
JOIN generate.vaccine AS v USING (care)
JOIN generate.product_list AS l ON l.name = v.product || ' CVX'
JOIN generate.person AS p USING (id)
JOIN generate.delivery AS a ON a.feed = 'Clinical exchange' AND e.day BETWEEN a.from_date AND a.to_date
WHERE draw(key_of(e.event_key, v.product), 'registry') < 0.93

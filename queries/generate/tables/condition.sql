-- problem in the chart of a person without a plan: the whole list comes with each roster
SELECT 'D' || lpad(to_hex(key_of(p.key, i.illness)), 16, '0') AS condition_id, p.person_id, i.onset_date AS recorded_date, 'day' AS recorded_precision, i.onset_date, 'day' AS onset_precision,
    'icd-10-cm' AS source_code_type, i.code AS source_code, 'active' AS clinical_status, 'confirmed' AS verification_status, ['problem-list-item'] AS categories,
    'ehr' AS record_source, 'mso' AS data_source, a.file_date, a.delivery
FROM generate.illness_of_person AS i
JOIN generate.person AS p USING (id)
JOIN generate.delivery AS a ON a.feed = 'MSO roster' AND i.onset_date <= a.to_date AND p.birth_date + 2 <= a.to_date
WHERE p.uninsured AND i.onset_date <= $as_of AND (p.death_date IS NULL OR i.onset_date <= p.death_date)

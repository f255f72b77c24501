-- attribution span: most people keep one clinician, some change practice or clinician once
WITH attributed AS (
    SELECT p.*, unnest(CASE WHEN clinician = later_clinician THEN [{who: clinician, from_date: CAST($window_start AS DATE), to_date: CAST(NULL AS DATE)}]
        ELSE [{who: clinician, from_date: CAST($window_start AS DATE), to_date: move_date - 1}, {who: later_clinician, from_date: move_date, to_date: CAST(NULL AS DATE)}] END) AS span
    FROM generate.person AS p
)
SELECT p.person_id, greatest(span.from_date, p.birth_date) AS attribution_start_date, CASE WHEN span.to_date < a.to_date THEN span.to_date END AS attribution_end_date, d.npi AS provider_npi, r.practice_id, r.group_id AS organization_id,
    r.practice_name AS custom_attributed_provider_practice, r.group_name AS custom_attributed_provider_organization, 'roster' AS attribution_method, 'mso' AS data_source, a.file_date, a.delivery
FROM attributed AS p
JOIN generate.delivery AS a ON a.feed = 'MSO roster' AND span.from_date <= a.to_date AND p.birth_date + 2 <= a.to_date
JOIN generate.clinician AS c ON c.clinician = span.who
JOIN generate.clinician_npi AS d ON d.clinician = c.clinician
JOIN generate.practice AS r ON r.practice = c.practice
WHERE span.to_date IS NULL OR span.to_date >= p.birth_date

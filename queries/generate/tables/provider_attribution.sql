-- attribution span: most people keep one clinician, some change practice or clinician once
WITH attributed AS (
    SELECT p.*, unnest(CASE WHEN clinician = later_clinician THEN [{who: clinician, from_date: CAST($window_start AS DATE), to_date: CAST(NULL AS DATE)}]
        ELSE [{who: clinician, from_date: CAST($window_start AS DATE), to_date: move_date - 1}, {who: later_clinician, from_date: move_date, to_date: CAST(NULL AS DATE)}] END) AS span
    FROM generate.person AS p
)
SELECT a.person_id, greatest(span.from_date, a.birth_date) AS attribution_start_date, span.to_date AS attribution_end_date, d.npi AS provider_npi, r.practice_id, r.group_id AS organization_id,
    r.practice_name AS custom_attributed_provider_practice, r.group_name AS custom_attributed_provider_organization, 'roster' AS attribution_method, 'mso' AS data_source, CAST($as_of AS DATE) AS file_date
FROM attributed AS a
JOIN generate.clinician AS c ON c.clinician = span.who
JOIN generate.clinician_npi AS d ON d.clinician = c.clinician
JOIN generate.practice AS r ON r.practice = c.practice
WHERE span.to_date IS NULL OR span.to_date >= a.birth_date

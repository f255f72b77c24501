-- laboratory result. Small shares come as laboratories send them: below a limit, without LOINC, corrected, as a note, or with the decimal point lost.
WITH drawn AS (
    SELECT * REPLACE (CASE WHEN unit = '%' AND draw(reading_key, 'form') BETWEEN 0.40 AND 0.404 THEN 10 * value ELSE value END AS value), draw(reading_key, 'form') AS form
    FROM generate.reading_of_event
    -- The chart of a person without a plan keeps older results; laboratories' feeds begin with the three years.
    WHERE kind = 'lab' AND (day >= $window_start OR uninsured)
)
SELECT 'L' || lpad(to_hex(reading_key), 16, '0') AS lab_result_id, r.person_id, 'A' || lpad(to_hex(r.event_key), 16, '0') AS accession_number,
    'local' AS source_order_code_type, upper(replace(r.panel, ' ', '_')) AS source_order_code, r.panel AS source_order_description,
    CASE WHEN form BETWEEN 0.10 AND 0.115 THEN 'local' ELSE 'loinc' END AS source_component_code_type,
    CASE WHEN form BETWEEN 0.10 AND 0.115 THEN 'X' || upper(left(replace(r.test, ' ', ''), 8)) ELSE r.code END AS source_component_code, r.test AS source_component_description,
    CASE WHEN form BETWEEN 0.20 AND 0.21 THEN 'corrected' ELSE 'final' END AS status,
    CASE WHEN form BETWEEN 0.30 AND 0.302 THEN 'SEE NOTE' WHEN in_words THEN words WHEN value <= 2 AND r.test LIKE 'urine albumin%' THEN '<3'
        WHEN value = floor(value) THEN CAST(CAST(value AS BIGINT) AS VARCHAR) ELSE CAST(value AS VARCHAR) END AS result,
    CASE WHEN in_words THEN 'text' ELSE 'quantity' END AS result_type, r.unit AS source_units, r.unit AS units_ucum,
    CAST(r.day AS TIMESTAMP) + to_hours(8 + draw_days(reading_key, 'hour', 8)) AS collection_datetime, CAST(r.day AS TIMESTAMP) + to_hours(30) AS result_datetime,
    d.npi AS ordering_practitioner_id, 'ehr' AS record_source, 'mso' AS data_source, a.file_date, a.delivery
FROM drawn AS r
JOIN generate.person AS p USING (id)
JOIN generate.delivery AS a ON a.feed = 'Clinical exchange' AND r.day + 1 BETWEEN a.from_date AND a.to_date
LEFT JOIN generate.clinician_npi AS d ON d.clinician = p.clinician

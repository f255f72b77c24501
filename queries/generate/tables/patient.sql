-- person
SELECT p.person_id, p.first_name, p.last_name, p.sex, p.race, p.ethnicity, p.birth_date, p.death_date, CAST(p.death_date IS NOT NULL AS INTEGER) AS death_flag,
    CASE WHEN p.product_line = 'medicare' AND NOT p.uninsured THEN mbi(p.id) END AS medicare_beneficiary_id, 'MR' || CAST(1000000 + p.id AS VARCHAR) AS medical_record_number,
    r.city, 'CA' AS state, r.zip_code, '555-01' || lpad(CAST(draw_days(p.key, 'phone', 100) AS VARCHAR), 2, '0') AS phone,
    p.race_omb, p.ethnicity_omb, p.race_source, p.race_source AS ethnicity_source, p.language AS language_spoken, p.language AS language_written,
    p.language <> 'en' AND draw(p.key, 'interpreter') < 0.6 AS interpreter_needed, d.npi AS general_practitioner_id, 'mso' AS data_source, CAST($as_of AS DATE) AS file_date
FROM generate.person AS p
JOIN generate.practice AS r ON r.practice = p.later_practice
LEFT JOIN generate.clinician_npi AS d ON d.clinician = p.later_clinician

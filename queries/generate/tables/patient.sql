-- person
SELECT p.person_id, p.first_name, p.last_name, p.sex, p.race, p.ethnicity, p.birth_date, CASE WHEN p.death_date <= a.to_date THEN p.death_date END AS death_date,
    CAST(coalesce(p.death_date <= a.to_date, false) AS INTEGER) AS death_flag,
    CASE WHEN p.product_line = 'medicare' AND NOT p.uninsured THEN mbi(p.id) END AS medicare_beneficiary_id, 'MR' || CAST(1000000 + p.id AS VARCHAR) AS medical_record_number,
    p.address, r.city, 'CA' AS state, r.zip_code, '555-01' || lpad(CAST(draw_days(p.key, 'phone', 100) AS VARCHAR), 2, '0') AS phone,
    p.race_omb, p.ethnicity_omb, p.race_source, p.race_source AS ethnicity_source, p.language AS language_spoken, p.language AS language_written,
    p.language <> 'en' AND draw(p.key, 'interpreter') < 0.6 AS interpreter_needed, d.npi AS general_practitioner_id, 'mso' AS data_source, a.file_date, a.delivery
FROM generate.person AS p
JOIN generate.delivery AS a ON a.feed = 'MSO roster' AND p.birth_date + 2 <= a.to_date
JOIN generate.practice AS r ON r.practice = CASE WHEN p.move_date <= a.to_date THEN p.later_practice ELSE p.practice END
LEFT JOIN generate.clinician_npi AS d ON d.clinician = CASE WHEN p.move_date <= a.to_date THEN p.later_clinician ELSE p.clinician END

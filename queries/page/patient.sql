-- The header of a patient's page; no row when the person is not the viewer's
SELECT p.person, p.person_id, p.first_name, p.last_name, p.birth_date, p.age, p.sex, p.language, p.interpreter_needed, p.phone,
       p.medical_record_number, p.plans, p.method, p.attributed_since, p.last_visit_date, p.next_visit_at, p.has_coverage, p.data_source,
       c.name AS clinician_name, c.clinician_npi
FROM mart.panel AS p LEFT JOIN mart.clinician AS c USING (panel)
WHERE p.panel IN (SELECT unnest($panels)) AND p.person = $person
ORDER BY p.attributed_since LIMIT 1

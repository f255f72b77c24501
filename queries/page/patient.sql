-- The header of a patient's page, a row a panel; no row when the person is not the viewer's. By it `ask` decides whether other questions about one
-- person are answered
SELECT panel, person, person_id, first_name, last_name, birth_date, age, sex, language, interpreter_needed, phone, medical_record_number, plans, method,
       attributed_since, last_visit_date, next_visit_at, has_coverage, data_source, clinician_npi, risk_tier, risk_moved, risk_probability, charlson
FROM mart.panel
WHERE person = $person AND list_contains($panels, panel)

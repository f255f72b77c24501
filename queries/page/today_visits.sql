-- The visits of one day, in their order, with who comes and what is known of them; $day NULL = the day of the served version
WITH day AS (SELECT coalesce($day, as_of) AS on_date FROM mart.version),
people AS (
    SELECT DISTINCT ON (person) * FROM mart.panel
    WHERE panel IN (SELECT unnest($panels)) AND ($contract IS NULL OR list_contains(contracts, $contract))
      AND person IN (SELECT person FROM mart.appointment JOIN day USING (on_date))
),
next AS (
    SELECT person, min(start_at) AS next_visit_at FROM mart.appointment
    WHERE appointment.on_date > (SELECT on_date FROM day) AND person IN (SELECT person FROM people) GROUP BY person
)
SELECT a.start_at, a.clinician_name, a.clinician_npi, a.appointment_type, p.person, p.first_name, p.last_name, p.birth_date, p.age, p.sex, p.language,
       p.interpreter_needed, p.plans, p.open_gaps, p.likely_gaps, p.last_visit_date, next.next_visit_at, p.clinician_npi AS own_clinician_npi,
       p.discharge_date, p.risk_tier, p.risk_moved, p.risk_probability, p.charlson,
       -- Whether anything is on file all the same, dashboard/patient_facts.py asks of these few.
       p.last_visit_date IS NULL AND p.by_enrolment IS NULL AS new_here
FROM mart.appointment AS a JOIN day USING (on_date) JOIN people AS p USING (person) LEFT JOIN next USING (person)
ORDER BY a.start_at, p.last_name, p.first_name, p.person

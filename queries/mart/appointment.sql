-- appointment: one row per visit booked for the day or later; times are local at the practice
-- sorted by on_date, person
-- per person
SELECT a.person, CAST(a.start_at AS DATE) AS on_date, a.start_at, a.clinician_npi, c.name AS clinician_name, a.appointment_type
FROM coded.appointment AS a
LEFT JOIN (SELECT npi, any_value(name ORDER BY start_date DESC, name) AS name FROM coded.clinician GROUP BY npi) AS c ON c.npi = a.clinician_npi
WHERE CAST(a.start_at AS DATE) >= $as_of AND stays_booked(a.status)

-- gap: one row per measure, period, person and unit
-- sorted by person
SELECT person, measure_id, period, unit, unit_date, status, standing, rate_id, title, last_day, harm, by_enrolment, rates
FROM gap_of('result.measure_result', 'reference.rate', $as_of)

-- gap: one row per measure, period, person and unit
-- sorted by person
SELECT person, measure_id, period, unit, unit_date, status, standing, title, action, last_day, harm, chart_only, variant, by_enrolment, contracts, rates
FROM gap_of('result.measure_result', 'reference.rate', $as_of)

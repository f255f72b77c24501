-- A patient's gaps of the measurement year, most pressing first
SELECT measure_id, unit, unit_date, status, standing, title, action, last_day, harm, chart_only, variant, by_enrolment
FROM mart.gap JOIN mart.release ON period = year(as_of)
WHERE person = $person AND person IN (SELECT person FROM mart.panel WHERE panel IN (SELECT unnest($panels)) AND person = $person)
ORDER BY standing > 2, harm, last_day, title, unit_date

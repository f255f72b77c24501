-- A patient's gaps of one year as the version has them, with the newest answer that it knows; $sensitive: those of sensitive services too. One plain
-- reading: dashboard/patient_facts.py puts them together with their steps
SELECT measure_id, period, sensitive, unit, unit_date, status, standing, counted_status, counted_standing, rate_id, title, last_day, harm, by_enrolment, rates, answer_id, fresh
FROM mart.gap
WHERE person = $person AND period = $year AND ($sensitive OR NOT sensitive)

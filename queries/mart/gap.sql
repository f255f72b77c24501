-- gap: one row per measure, period, person and unit, with the newest answer that this version knows and the evidence that came after it
-- sorted by person
-- per person
-- long
SELECT person, measure_id, period, unit, unit_date, status, standing, counted_status, counted_standing, rate_id, title, last_day, harm, by_enrolment, rates, answer_id, fresh,
       measure_id IN (SELECT name FROM reference.sensitive WHERE kind = 'measure') AS sensitive
FROM history.gap

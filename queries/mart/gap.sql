-- gap: one row per measure, period, person and unit, with the newest answer that this version knows and the evidence that came after it
-- sorted by person
-- per person
-- long
WITH answer AS (
    FROM answers_of('coded.answer', 'reference.rate', 'evidence.found', 'result.nearest_miss')
)
SELECT person, measure_id, period, unit, unit_date, status, standing, counted_status, counted_standing, rate_id, title, last_day, harm, by_enrolment, rates, answer_id, fresh,
       measure_id IN (SELECT name FROM reference.sensitive WHERE kind = 'measure') AS sensitive
FROM gap_of('result.measure_result', 'reference.rate', 'result.nearest_miss', 'reference.clause', 'coded.uncounted_claim', 'answer', $as_of)

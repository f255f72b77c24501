-- one row per answer that somebody gave to a gap, was it changed or undone later or not
-- view
SELECT answer_id, person, measure_id, period, unit, kind, answered, known FROM extract.answer

-- answer: one row per gap that was ever answered: the newest word on it that this version knows, and the evidence that came since. An answer holds until then
-- sorted by person
-- per person
SELECT person, measure_id, period, unit, answer_id, kind, answered, fresh, holds
FROM history.answer

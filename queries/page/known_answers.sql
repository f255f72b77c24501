-- The answers that this version knows: the newest of each gap. For `ask` itself, which binds those that it does not know
SELECT measure_id, person, period, unit, answer_id FROM mart.answer

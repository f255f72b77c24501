-- one row per gap that was ever answered: the newest word on it. `answered` is false where that was an undoing or a proposal; `known` is the evidence
-- that the one who answered could see, each fact as fact_word() writes it
SELECT person, measure_id, CAST(period AS SMALLINT) AS period, unit, max(answer_id) AS answer_id, arg_max(kind, answer_id) AS kind,
    arg_max(answered, answer_id) AS answered, arg_max(known, answer_id) AS known
FROM valid.answer
GROUP BY person, measure_id, period, unit

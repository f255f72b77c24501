-- one row per score that a plan sent, up to $as_of
-- sorted by person
SELECT person, source_row, payer, nullif(plan, '') AS plan, model, model_version, score, score_date
FROM valid.plan_score WHERE person IS NOT NULL AND score_date <= CAST($as_of AS DATE)

-- risk score that a plan computed by a model of its own
-- view
SELECT
    person, source_row, person_id, member_id, payer, plan, trim(model) AS model, nullif(trim(model_version), '') AS model_version, score, score_date, data_source, file_name
FROM extract.plan_score
ANTI JOIN (SELECT source_row FROM extract.set_aside WHERE table_name = 'plan_score') AS aside USING (source_row)

-- one row per member of the file given to `huddleboard risk`: score, categories and factors, or why there is no score
SELECT s.member AS person_id, c.model, c.payment_year, s.segment, s.raw_score, CAST(s.hccs AS VARCHAR[]) AS hccs, s.factors, s.not_scoreable
FROM risk_scores('placed') AS s
JOIN (SELECT DISTINCT release, model, payment_year FROM reference.risk_category) AS c ON c.release = s.release

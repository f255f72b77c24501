-- risk: one row per person of whom a risk is said: the tier shown, the Charlson index; of Medicare people the raw V28 score of this service year with its factors
-- and that by RxHCC. said: a digest of it all
WITH charlson AS (
    SELECT person, max(score) AS charlson FROM result.comorbidity WHERE of_index = 'charlson' AND year = year($as_of) GROUP BY person
),
score AS (
    SELECT person, any_value(release) FILTER (model = 'V28') AS release, any_value(raw_score) FILTER (model = 'V28') AS raw_score, any_value(factors) FILTER (model = 'V28') AS factors,
        any_value(release) FILTER (model = 'RxHCC-V08') AS rx_release, any_value(raw_score) FILTER (model = 'RxHCC-V08') AS rx_score
    FROM result.risk_score WHERE service_year = year($as_of) AND raw_score IS NOT NULL GROUP BY person
),
known AS (
    SELECT person, risk_shown(p.tier, c.charlson) AS tier, c.charlson, s.release, s.raw_score, s.factors, s.rx_release, s.rx_score
    FROM charlson AS c FULL JOIN score AS s USING (person) FULL JOIN predicted_risk('extract.prediction', 'extract.prediction_model', $as_of) AS p USING (person)
)
SELECT *, hash(k) AS said FROM known AS k

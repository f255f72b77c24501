-- prediction: one row per living person and predicted event: the chance within 12 months by the model in use, and what moved it. Who is not scored has none
-- sorted by person
-- per person
SELECT s.* EXCLUDE (falling)
FROM predictions_of('extract.prediction', 'extract.prediction_model', $as_of) AS s
JOIN coded.person AS p USING (person)
WHERE NOT coalesce(p.held, FALSE) AND coalesce(p.death_date > $as_of, TRUE)

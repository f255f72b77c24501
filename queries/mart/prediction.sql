-- prediction: one row per living person and predicted event: the chance within 12 months by the model in use, and what moved it. Who is not scored has none
-- sorted by person
-- per person
SELECT s.person, s.outcome, m.title, m.model, m.as_of, s.probability, s.earlier_probability, s.tier, s.drivers,
    -- Our choice of a rise that is worth a call: half as likely again, and two of a hundred more.
    coalesce(s.probability >= 1.5 * s.earlier_probability AND s.probability >= s.earlier_probability + 0.02, FALSE) AS rising
FROM extract.prediction AS s
JOIN extract.prediction_model AS m USING (outcome)
JOIN coded.person AS p USING (person)
WHERE m.reason IS NULL AND NOT coalesce(p.held, FALSE) AND coalesce(p.death_date > $as_of, TRUE)

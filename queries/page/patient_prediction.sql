-- The predictions of one person: chance, tier, what moved it
SELECT person, outcome, title, model, as_of, probability, earlier_probability, tier, rising, drivers
FROM mart.prediction
WHERE person = $person
ORDER BY outcome

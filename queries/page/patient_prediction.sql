-- The predictions of one person: chance, tier, what moved it
SELECT s.person, s.outcome, s.title, s.model, s.as_of, s.probability, s.earlier_probability, s.tier, s.rising, s.drivers
FROM mart.prediction AS s
WHERE s.person = $person AND EXISTS (FROM mart.panel AS p WHERE p.person = s.person AND panel IN (SELECT unnest($panels)))
ORDER BY s.outcome

-- What to look at in the documentation of the people who come on a day ($day NULL = that of the served version): confirm, consider, remove. Never
-- of a sensitive service: it stands on a list and on paper
WITH day AS (SELECT coalesce($day, as_of) AS on_date FROM mart.version),
coming AS (
    SELECT DISTINCT person FROM mart.panel
    WHERE panel IN (SELECT unnest($panels)) AND ($contract IS NULL OR list_contains(contracts, $contract))
      AND person IN (SELECT person FROM mart.appointment JOIN day USING (on_date))
)
SELECT DISTINCT r.person, r.kind, r.title, r.last_date
FROM mart.risk_prompt AS r JOIN coming USING (person)
WHERE NOT r.sensitive
ORDER BY r.person, r.kind, r.title

-- What to look at in the documentation of the people who come on a day ($day NULL = that of the served version): confirm, consider, remove, as
-- long as nobody answered. Never of a sensitive service: it stands on a list and on paper
WITH day AS (SELECT coalesce($day, as_of) AS on_date FROM mart.version),
coming AS (
    SELECT DISTINCT person FROM mart.panel
    WHERE panel IN (SELECT unnest($panels)) AND ($contract IS NULL OR list_contains(contracts, $contract))
      AND person IN (SELECT person FROM mart.appointment JOIN day USING (on_date))
),
answered AS (
    SELECT a.* FROM (SELECT unnest(CAST($answers AS STRUCT(measure_id VARCHAR, person INTEGER, period SMALLINT, unit BIGINT, answer_id INTEGER, kind VARCHAR, answered BOOLEAN)[])) AS a)
)
SELECT r.person, r.kind, r.prompt, any_value(year(v.as_of)) AS period, any_value(r.title) AS title, max(r.last_date) AS last_date
FROM mart.risk_prompt AS r JOIN coming USING (person) CROSS JOIN mart.version AS v
LEFT JOIN answered AS a ON a.person = r.person AND a.measure_id = r.prompt AND a.period = year(v.as_of)
WHERE NOT r.sensitive AND NOT coalesce(a.answered, r.answered)
GROUP BY r.person, r.kind, r.prompt ORDER BY r.person, r.kind, title

-- What to look at in the documentation of the viewer's people, as long as nobody answered: confirm, consider, remove, who comes in soonest first. Never of
-- a sensitive service: it stands on paper and in a file
WITH people AS (
    SELECT DISTINCT ON (person) person, first_name, last_name, birth_date, age, sex, plans, next_visit_at
    FROM mart.panel
    WHERE panel IN (SELECT unnest($panels)) AND ($contract IS NULL OR list_contains(contracts, $contract))
),
answered AS (
    SELECT a.* FROM (SELECT unnest(CAST($answers AS STRUCT(measure_id VARCHAR, person INTEGER, period SMALLINT, unit BIGINT, answer_id INTEGER, kind VARCHAR, answered BOOLEAN)[])) AS a)
)
SELECT p.person, p.first_name, p.last_name, p.birth_date, p.age, p.sex, p.plans, p.next_visit_at, r.kind, r.title, r.why, r.confidence, r.last_date
FROM mart.risk_prompt AS r JOIN people AS p USING (person) CROSS JOIN mart.version AS v
LEFT JOIN answered AS a ON a.person = r.person AND a.measure_id = r.prompt AND a.period = year(v.as_of)
WHERE NOT r.sensitive AND NOT coalesce(a.answered, r.answered)
ORDER BY p.next_visit_at, p.last_name, p.first_name, p.person, r.kind, r.title

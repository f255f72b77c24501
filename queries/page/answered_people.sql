-- What the work list says of people whose gaps were answered since this version was built, as mart.panel would say it. For `ask` itself ($changed)
WITH answered AS (
    SELECT a.* FROM (SELECT unnest(CAST($answers AS STRUCT(measure_id VARCHAR, person INTEGER, period SMALLINT, unit BIGINT, answer_id INTEGER, kind VARCHAR, answered BOOLEAN)[])) AS a)
),
gap AS (
    SELECT g.person, g.title, g.harm, g.last_day, CASE WHEN a.person IS NULL THEN g.status WHEN a.answered AND g.counted_standing <= 3 THEN 'answered' ELSE g.counted_status END AS status
    FROM mart.gap AS g JOIN mart.version ON g.period = year(as_of) LEFT JOIN answered AS a USING (measure_id, person, period, unit)
    WHERE g.person IN (SELECT person FROM answered) AND NOT g.sensitive
)
SELECT person, count(*) FILTER (status IN ('open', 'open_due_soon')) AS open_gaps, count(*) FILTER (status = 'open_due_soon') AS due_this_month,
    count(*) FILTER (status = 'likely_done') AS likely_gaps, coalesce(min(harm) FILTER (status IN ('open', 'open_due_soon')), 9) AS top_harm,
    min(last_day) FILTER (status IN ('open', 'open_due_soon')) AS first_last_day,
    list(title ORDER BY harm, last_day, title) FILTER (status IN ('open', 'open_due_soon')) AS due_titles
FROM gap GROUP BY person

-- The numbers on the filter chips of My panel. Who is on several panels is counted once
WITH changed AS (
    SELECT c.* FROM (SELECT unnest(CAST($changed AS STRUCT(person INTEGER, open_gaps BIGINT, due_this_month BIGINT, likely_gaps BIGINT, top_harm SMALLINT,
        first_last_day DATE, due_titles VARCHAR[])[])) AS c)
),
person AS (
    SELECT p.person, CASE WHEN c.person IS NULL THEN p.open_gaps ELSE c.open_gaps END AS open_gaps,
        CASE WHEN c.person IS NULL THEN p.due_this_month ELSE c.due_this_month END AS due_this_month,
        CASE WHEN c.person IS NULL THEN p.likely_gaps ELSE c.likely_gaps END AS likely_gaps, next_visit_at, last_visit_date, discharge_date, risk_tier, risk_moved
    FROM mart.panel AS p LEFT JOIN changed AS c USING (person)
    WHERE alone AND panel IN (SELECT unnest($panels)) AND ($contract IS NULL OR list_contains(contracts, $contract))
      AND ($people IS NULL OR person IN (SELECT unnest(CAST($people AS INTEGER[]))))
    UNION ALL
    SELECT DISTINCT p.person, CASE WHEN c.person IS NULL THEN p.open_gaps ELSE c.open_gaps END AS open_gaps,
        CASE WHEN c.person IS NULL THEN p.due_this_month ELSE c.due_this_month END AS due_this_month,
        CASE WHEN c.person IS NULL THEN p.likely_gaps ELSE c.likely_gaps END AS likely_gaps, next_visit_at, last_visit_date, discharge_date, risk_tier, risk_moved
    FROM mart.panel AS p LEFT JOIN changed AS c USING (person)
    WHERE NOT alone AND panel IN (SELECT unnest($panels)) AND ($contract IS NULL OR list_contains(contracts, $contract))
      AND ($people IS NULL OR person IN (SELECT unnest(CAST($people AS INTEGER[]))))
)
SELECT count(*) AS everyone,
       count(*) FILTER (open_gaps > 0) AS due,
       count(*) FILTER (due_this_month > 0) AS due_this_month,
       count(*) FILTER (last_visit_date IS NULL OR last_visit_date < as_of - INTERVAL 12 MONTH) AS not_seen,
       count(*) FILTER (risk_tier IN ('high', 'very high') OR risk_moved = 'up') AS risky,
       count(*) FILTER (open_gaps > 0 AND next_visit_at IS NULL) AS no_visit,
       count(*) FILTER (likely_gaps > 0) AS likely,
       count(*) FILTER (discharge_date >= as_of - INTERVAL 30 DAY) AS discharged
FROM person, mart.version

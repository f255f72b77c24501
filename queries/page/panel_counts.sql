-- The numbers on the filter chips of My panel. Who is on several panels is counted once
WITH person AS (
    SELECT person, open_gaps, due_this_month, likely_gaps, next_visit_at, last_visit_date, discharge_date FROM mart.panel
    WHERE alone AND panel IN (SELECT unnest($panels)) AND ($contract IS NULL OR list_contains(contracts, $contract))
    UNION ALL
    SELECT DISTINCT person, open_gaps, due_this_month, likely_gaps, next_visit_at, last_visit_date, discharge_date FROM mart.panel
    WHERE NOT alone AND panel IN (SELECT unnest($panels)) AND ($contract IS NULL OR list_contains(contracts, $contract))
)
SELECT count(*) AS everyone,
       count(*) FILTER (open_gaps > 0) AS due,
       count(*) FILTER (due_this_month > 0) AS due_this_month,
       count(*) FILTER (last_visit_date IS NULL OR last_visit_date < as_of - INTERVAL 12 MONTH) AS not_seen,
       count(*) FILTER (open_gaps > 0 AND next_visit_at IS NULL) AS no_visit,
       count(*) FILTER (likely_gaps > 0) AS likely,
       count(*) FILTER (discharge_date >= as_of - INTERVAL 30 DAY) AS discharged
FROM person, mart.version

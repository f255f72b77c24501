-- The numbers on the filter chips of My panel
SELECT count(DISTINCT person) AS everyone,
       count(DISTINCT person) FILTER (open_gaps > 0) AS due,
       count(DISTINCT person) FILTER (due_this_month > 0) AS due_this_month,
       count(DISTINCT person) FILTER (last_visit_date IS NULL OR last_visit_date < as_of - INTERVAL 12 MONTH) AS not_seen,
       count(DISTINCT person) FILTER (open_gaps > 0 AND next_visit_at IS NULL) AS no_visit,
       count(DISTINCT person) FILTER (likely_gaps > 0) AS likely,
       count(DISTINCT person) FILTER (discharge_date >= as_of - INTERVAL 30 DAY) AS discharged
FROM mart.panel, mart.version
WHERE panel IN (SELECT unnest($panels)) AND ($contract IS NULL OR list_contains(contracts, $contract))

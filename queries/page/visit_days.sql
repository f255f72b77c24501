-- The first days with visits from the day of the served version on, with how many
WITH people AS (
    SELECT DISTINCT person FROM mart.panel
    WHERE panel IN (SELECT unnest($panels)) AND ($contract IS NULL OR list_contains(contracts, $contract))
)
SELECT on_date, count(*) AS visits FROM mart.appointment JOIN people USING (person) GROUP BY on_date ORDER BY on_date LIMIT $days

-- measured: one row per rate, period, plan key and person: the list behind every count of rate_count
-- sorted by rate_id, plan_key, person
-- per person
-- long
WITH counted AS (
    -- A person is the one unit of most rates: nothing to add up.
    SELECT rate_id, period, plan_key, person, panel_set, status, 1 AS units, CAST(status = 'closed' AS INTEGER) AS closed_units, last_day, reason, reason_date
    FROM history.unit WHERE unit = 0
    UNION ALL BY NAME
    SELECT rate_id, period, plan_key, person, any_value(panel_set) AS panel_set, arg_min(status, count_rank(status)) AS status,
        CAST(count(*) AS INTEGER) AS units, CAST(count(*) FILTER (status = 'closed') AS INTEGER) AS closed_units, min(last_day) AS last_day,
        arg_min(reason, count_rank(status) * 16 + coalesce(reason_rank(reason), 15)) AS reason,
        arg_min(reason_date, (count_rank(status) * 16 + coalesce(reason_rank(reason), 15), reason_date))
            FILTER (reason_date IS NOT NULL) AS reason_date
    FROM history.unit WHERE unit IS DISTINCT FROM 0
    GROUP BY rate_id, period, plan_key, person
)
SELECT u.*, coalesce(r.name, p.race) AS race, coalesce(e.name, p.ethnicity) AS ethnicity, p.language
FROM counted AS u JOIN coded.person AS p USING (person)
LEFT JOIN reference.omb_name AS r ON r.code = p.race LEFT JOIN reference.omb_name AS e ON e.code = p.ethnicity

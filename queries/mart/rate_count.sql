-- rate_count: one row per rate, period, plan key, set of panels, subgroup and status: how many units count so, and how many people stand so.
-- `aspect` is 'all', or race, ethnicity, language with the subgroup in `value` and who said so in `source`; reasons are told of 'all' only
-- sorted by plan_key, aspect, rate_id
-- counts: units, people
-- long
WITH person AS (
    SELECT rate_id, period, plan_key, person, any_value(panel_set) AS panel_set, arg_min(status, count_rank(status)) AS status,
        arg_min(reason, count_rank(status) * 16 + coalesce(reason_rank(reason), 15)) AS reason
    FROM history.unit WHERE unit IS DISTINCT FROM 0 GROUP BY rate_id, period, plan_key, person
),
counted AS (
    -- A person is the one unit of most rates.
    SELECT rate_id, period, plan_key, person, panel_set, status, reason, 1 AS units, 1 AS people FROM history.unit WHERE unit = 0
    UNION ALL
    SELECT rate_id, period, plan_key, person, panel_set, status, reason, 1, 0 FROM history.unit WHERE unit IS DISTINCT FROM 0
    UNION ALL
    SELECT rate_id, period, plan_key, person, panel_set, status, reason, 0, 1 FROM person
),
said AS (
    SELECT person, coalesce(r.name, race) AS race, coalesce(e.name, ethnicity) AS ethnicity, language,
        coalesce(nullif(race_source, ''), 'source not told') AS told_by
    FROM coded.person LEFT JOIN reference.omb_name AS r ON r.code = race LEFT JOIN reference.omb_name AS e ON e.code = ethnicity
),
alike AS (SELECT *, dense_rank() OVER (ORDER BY race, ethnicity, language, told_by) AS alike FROM said),
-- People of whom the same is said are added up first: each counts in three subgroups.
summed AS MATERIALIZED (
    SELECT rate_id, period, plan_key, panel_set, status, reason, alike, sum(units) AS units, sum(people) AS people
    FROM counted JOIN alike USING (person) GROUP BY ALL
),
subgroup AS (
    SELECT DISTINCT alike, unnest([{'aspect': 'race', 'value': race, 'source': told_by},
        {'aspect': 'ethnicity', 'value': ethnicity, 'source': told_by}, {'aspect': 'language', 'value': language, 'source': 'as sent'}]) AS said
    FROM alike
)
SELECT rate_id, period, plan_key, panel_set, 'all' AS aspect, CAST(NULL AS VARCHAR) AS value, CAST(NULL AS VARCHAR) AS source, status, reason,
    CAST(sum(units) AS INTEGER) AS units, CAST(sum(people) AS INTEGER) AS people
FROM summed GROUP BY ALL
UNION ALL
SELECT rate_id, period, plan_key, panel_set, said.aspect, said.value, said.source,
    CASE WHEN status IN ('closed', 'excluded') THEN status ELSE 'not closed' END AS status, NULL, CAST(sum(units) AS INTEGER),
    CAST(sum(people) AS INTEGER)
FROM summed JOIN subgroup USING (alike)
GROUP BY ALL

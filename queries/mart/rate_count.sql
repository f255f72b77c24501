-- rate_count: one row per rate, period, plan key, set of panels, subgroup and status: how many units count so, and how many people stand so.
-- `aspect` is 'all', or race, ethnicity, language with the subgroup in `value` and who said so in `source`; reasons are told of 'all' only
-- sorted by plan_key, aspect, rate_id
-- counts: units, people
WITH people AS (
    FROM panels_of('coded.person', 'coded.attribution', $as_of)
),
answer AS (
    FROM answers_of('coded.answer', 'reference.rate', 'evidence.found', 'result.nearest_miss')
),
unit AS (
    FROM measured_of('result.measure_result', 'reference.rate', 'coded.contract', 'result.nearest_miss', 'reference.clause', 'coded.uncounted_claim',
        'answer', 'people', $as_of)
),
person AS (
    SELECT rate_id, period, plan_key, person, any_value(panel_set) AS panel_set, arg_min(status, count_rank(status)) AS status,
        arg_min(reason, count_rank(status) * 16 + coalesce(reason_rank(reason), 15)) AS reason
    FROM unit GROUP BY rate_id, period, plan_key, person
),
counted AS (
    SELECT rate_id, period, plan_key, person, panel_set, status, reason, 1 AS units, 0 AS people FROM unit
    UNION ALL
    SELECT rate_id, period, plan_key, person, panel_set, status, reason, 0, 1 FROM person
),
subgroup AS (
    SELECT person, coalesce(r.name, race) AS race, coalesce(e.name, ethnicity) AS ethnicity, language, coalesce(nullif(race_source, ''), 'source not told') AS told_by
    FROM coded.person LEFT JOIN reference.omb_name AS r ON r.code = race LEFT JOIN reference.omb_name AS e ON e.code = ethnicity
)
SELECT rate_id, period, plan_key, panel_set, 'all' AS aspect, CAST(NULL AS VARCHAR) AS value, CAST(NULL AS VARCHAR) AS source, status, reason,
    CAST(sum(units) AS INTEGER) AS units, CAST(sum(people) AS INTEGER) AS people
FROM counted GROUP BY ALL
UNION ALL
SELECT rate_id, period, plan_key, panel_set, aspect, value, source, CASE WHEN status IN ('closed', 'excluded') THEN status ELSE 'not closed' END AS status,
    NULL, CAST(sum(units) AS INTEGER), CAST(sum(people) AS INTEGER)
FROM counted
JOIN (
    SELECT person, 'race' AS aspect, race AS value, told_by AS source FROM subgroup
    UNION ALL SELECT person, 'ethnicity', ethnicity, told_by FROM subgroup
    UNION ALL SELECT person, 'language', language, 'as sent' FROM subgroup
) USING (person)
GROUP BY ALL

-- measured: one row per rate, period, plan key and person: the list behind every count of rate_count
-- sorted by rate_id, plan_key, person
-- per person
WITH people AS (
    FROM panels_of('coded.person', 'coded.attribution', $as_of)
),
answer AS (
    FROM answers_of('coded.answer', 'reference.rate', 'evidence.found', 'result.nearest_miss')
)
SELECT rate_id, period, plan_key, u.person, any_value(panel_set) AS panel_set, arg_min(status, count_rank(status)) AS status,
    CAST(count(*) AS INTEGER) AS units, CAST(count(*) FILTER (status = 'closed') AS INTEGER) AS closed_units, min(last_day) AS last_day,
    arg_min(reason, count_rank(status) * 16 + coalesce(reason_rank(reason), 15)) AS reason,
    arg_min(reason_date, (count_rank(status) * 16 + coalesce(reason_rank(reason), 15), reason_date)) AS reason_date,
    any_value(coalesce(r.name, p.race)) AS race, any_value(coalesce(e.name, p.ethnicity)) AS ethnicity, any_value(p.language) AS language
FROM measured_of('result.measure_result', 'reference.rate', 'coded.contract', 'result.nearest_miss', 'reference.clause', 'coded.uncounted_claim',
    'answer', 'people', $as_of) AS u
JOIN coded.person AS p ON p.person = u.person
LEFT JOIN reference.omb_name AS r ON r.code = p.race LEFT JOIN reference.omb_name AS e ON e.code = p.ethnicity
GROUP BY rate_id, period, plan_key, u.person

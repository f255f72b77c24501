-- What is open or likely done for the people who come on one day, most pressing first: harm, then last day to close, then weight in a programme; with
-- the newest fact that came near, and what an assistant may prepare. Without sensitive services. $day NULL = the day of the served version
WITH booked AS (
    SELECT DISTINCT person FROM mart.appointment CROSS JOIN mart.version WHERE on_date = coalesce($day, as_of)
),
coming AS (
    SELECT DISTINCT person FROM mart.panel
    WHERE panel IN (SELECT unnest($panels)) AND ($contract IS NULL OR list_contains(contracts, $contract)) AND person IN (FROM booked)
),
answered AS (
    SELECT a.* FROM (SELECT unnest(CAST($answers AS STRUCT(measure_id VARCHAR, person INTEGER, period SMALLINT, unit BIGINT, answer_id INTEGER, kind VARCHAR, answered BOOLEAN)[])) AS a)
),
gap AS (
    SELECT * FROM (
        SELECT g.* EXCLUDE (status, standing), CASE WHEN a.person IS NULL THEN g.status WHEN a.answered AND g.counted_standing <= 3 THEN 'answered' ELSE g.counted_status END AS status,
            CASE WHEN a.person IS NULL THEN g.standing WHEN a.answered AND g.counted_standing <= 3 THEN 9 ELSE g.counted_standing END AS standing
        FROM mart.gap AS g JOIN coming USING (person) JOIN mart.version ON g.period = year(as_of)
        LEFT JOIN answered AS a ON a.person = g.person AND a.measure_id = g.measure_id AND a.period = g.period AND a.unit = g.unit
        WHERE NOT g.sensitive
    ) WHERE standing <= 3
),
newest AS (
    SELECT s.person, g.measure_id, g.unit, s.on_date, s.value, s.why
    FROM mart.gap_step AS s
    JOIN gap AS g ON g.person = s.person AND g.rate_id = s.rate_id AND g.period = s.period AND g.unit = s.unit
    JOIN mart.clause AS c ON c.rate_id = s.rate_id AND c.clause = s.clause AND c.role = 'numerator'
    WHERE s.person IN (SELECT person FROM coming) AND s.on_date IS NOT NULL
    QUALIFY s.on_date = max(s.on_date) OVER (PARTITION BY s.person, g.measure_id, g.unit)
),
fact AS (
    -- Two values of a day are the two of a blood pressure: the higher first, as it is said.
    SELECT person, measure_id, unit, max(on_date) AS on_date, list(DISTINCT value ORDER BY value DESC) FILTER (value IS NOT NULL) AS values,
        coalesce(max(why) FILTER (why = 'value out of range'), max(why)) AS why
    FROM newest GROUP BY person, measure_id, unit
),
weight AS (SELECT rate_id, max(weight) AS weight FROM mart.benchmark GROUP BY rate_id)
SELECT g.person, g.measure_id, g.unit, g.unit_date, g.title, g.status, g.harm, g.last_day, fact.on_date, fact.values, fact.why, n.better, n.action,
       d.assistant_action, d.standing_order, d.unconfirmed
FROM gap AS g
JOIN mart.rate_name AS n ON n.rate_id = g.rate_id
LEFT JOIN fact ON fact.person = g.person AND fact.measure_id = g.measure_id AND fact.unit = g.unit
LEFT JOIN weight ON weight.rate_id = g.rate_id
LEFT JOIN mart.delegable AS d ON d.measure_id = g.measure_id
ORDER BY g.person, g.standing > 2, g.harm, g.last_day, coalesce(weight.weight, 0) DESC, g.title, g.unit_date

-- trend_event: one row per point of the trends (as_of) and thing to know of it:
--   rules     what a rate asks for is not what it asked for at the month before of the same year (rate_id says which)
--   late      a feed was late on that day by its own rhythm, as known then (feed, days); of this version: as mart.feed has it
--   computed  the month was computed afterwards, from what had been received by its end
-- whole
WITH month AS (
    SELECT as_of, bool_and(published IS NULL) AS computed FROM history.past GROUP BY as_of
    UNION ALL SELECT CAST($as_of AS DATE), false
),
asked AS (
    SELECT as_of, rate_key, rule FROM history.past_rule
    UNION ALL SELECT CAST($as_of AS DATE), rate_key, rule FROM history.rule
),
changed AS (
    SELECT as_of, rate_key, rule <> lag(rule) OVER (PARTITION BY rate_key, year(as_of) ORDER BY as_of) AS changed FROM asked
),
known AS (
    SELECT m.as_of, d.data_source, d.feed, d.table_name, max(d.received_at) AS received_at,
        CASE WHEN count(d.days_between) >= 2 THEN median(d.days_between) END AS usual_days
    FROM month AS m JOIN deliveries_of('extract.file', 'extract.replaced_file') AS d ON d.received_at < m.as_of + INTERVAL 1 DAY
    GROUP BY ALL
),
waited AS (
    SELECT as_of, data_source, feed, date_diff('day', max(received_at), CAST(as_of AS TIMESTAMP)) - min(usual_days) AS days
    FROM known GROUP BY as_of, data_source, feed
)
SELECT c.as_of, 'rules' AS kind, r.rate_id, CAST(NULL AS VARCHAR) AS feed, CAST(NULL AS DOUBLE) AS days
FROM changed AS c JOIN reference.rate AS r ON rate_key(r.measure_id, r.variant, r.rate) = c.rate_key WHERE c.changed
UNION ALL SELECT as_of, 'late', NULL, feed, days FROM waited WHERE days > 0
UNION ALL SELECT as_of, 'computed', NULL, NULL, NULL FROM month WHERE computed

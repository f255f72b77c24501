-- one row a turn of care: what happened to whom and when, in the three years, or before them where the chart keeps it.
WITH turn AS (
    SELECT s.*, unnest(range(CAST(greatest(0, least(coalesce(times, 100000),
        CASE WHEN every_days > 0 THEN 1 + floor((date_diff('day', first_date, CAST($as_of AS DATE))) / every_days) ELSE 1 END)) AS BIGINT))) AS turn
    FROM generate.stream AS s
    WHERE first_date <= $as_of
),
dated AS (
    SELECT *, key_of(stream_key, turn) AS event_key,
        CAST(first_date + CAST(round(coalesce(every_days, 0) * (turn + CASE WHEN turn > 0 THEN 0.24 * (draw(key_of(stream_key, turn), 'jitter') - 0.5) ELSE 0 END)) AS INTEGER) AS DATE) AS day
    FROM turn
    WHERE draw(key_of(stream_key, turn), 'kept') < kept AND turn * coalesce(every_days, 0) <= lasts_days
),
first_events AS (
    SELECT d.id, d.event_key, d.stream_key, d.care, d.illness_code, d.drug, d.days_supply, d.birth_date, d.death_date,
        CASE WHEN c.stay_days > 0 OR d.care = 'birth dose' THEN day ELSE working_day(day) END AS day, c.stay_days, d.from_age, d.to_age, c.history
    FROM dated AS d JOIN generate.care AS c USING (care)
),
ended AS (
    SELECT *, CASE WHEN stay_days > 0 THEN day + 1 + CAST(floor(-ln(1 - draw(event_key, 'stay')) * (stay_days - 0.5)) AS INTEGER) ELSE day END AS end_day
    FROM first_events
    WHERE age_at(birth_date, day) BETWEEN from_age AND to_age
),
stay AS (
    SELECT id, event_key, care = 'delivery' AS birth, day, end_day FROM ended WHERE stay_days > 0
),
-- Nobody lies in two beds: of two stays that meet, the later one did not happen, nor does what would have followed it; a birth does not wait.
had AS (
    SELECT * FROM ended
    ANTI JOIN (
        SELECT x.event_key AS other_key FROM stay AS x JOIN stay AS y USING (id)
        WHERE x.day <= y.end_day AND y.day <= x.end_day AND (NOT y.birth, y.day, y.event_key) < (NOT x.birth, x.day, x.event_key)
    ) AS met ON met.other_key = ended.event_key
),
followed AS (
    SELECT e.id, key_of(key_of(e.event_key, n.care), n.share) AS event_key, key_of(e.event_key, n.care) AS stream_key, n.care, e.illness_code, f.drug, CASE WHEN f.drug IS NOT NULL THEN 7 END AS days_supply,
        e.birth_date, e.death_date, CAST(working_day(e.end_day + n.at_days + draw_days(key_of(e.event_key, n.care), 'after', n.spread_days + 1)) AS DATE) AS day,
        n.from_age, n.to_age, c.stay_days, c.history, n.kept
    FROM had AS e
    JOIN generate.need AS n ON n.anchor = e.care
    JOIN generate.care AS c ON c.care = n.care
    LEFT JOIN generate.fill AS f ON f.care = n.care
    JOIN generate.person AS p ON p.id = e.id
    JOIN generate.practice AS r ON r.practice = p.practice
    WHERE draw(key_of(e.event_key, n.care), 'has') < n.share + c.steer * (0.45 * (p.engagement - 0.5) + r.shift)
),
followed_ended AS (
    SELECT *, CASE WHEN stay_days > 0 THEN day + 1 + CAST(floor(-ln(1 - draw(event_key, 'stay')) * (stay_days - 0.5)) AS INTEGER) ELSE day END AS end_day
    FROM followed
    WHERE age_at(birth_date, day) BETWEEN from_age AND to_age
),
-- What follows a stay may begin on its last day, as a nursing home does.
following_stay AS (
    SELECT id, event_key, day, end_day FROM followed_ended WHERE stay_days > 0
),
other_stay AS (
    SELECT id, event_key, day, end_day, true AS first FROM had WHERE stay_days > 0
    UNION ALL
    SELECT id, event_key, day, end_day, false FROM following_stay
),
followed_had AS (
    SELECT * FROM followed_ended
    ANTI JOIN (
        SELECT x.event_key AS other_key FROM following_stay AS x JOIN other_stay AS y USING (id)
        WHERE x.day < y.end_day AND y.day < x.end_day AND (y.first OR (y.day, y.event_key) < (x.day, x.event_key))
    ) AS met ON met.other_key = followed_ended.event_key
)
SELECT id, event_key, stream_key, care, illness_code, drug, days_supply, CAST(day AS DATE) AS day, CAST(end_day AS DATE) AS end_day
FROM (
    SELECT id, event_key, stream_key, care, illness_code, drug, days_supply, day, end_day, birth_date, death_date, history FROM had
    UNION ALL BY NAME
    SELECT id, event_key, stream_key, care, illness_code, drug, days_supply, day, end_day, birth_date, death_date, history FROM followed_had
)
WHERE end_day <= $as_of AND day >= birth_date AND (death_date IS NULL OR end_day <= death_date) AND (day >= $window_start OR history)

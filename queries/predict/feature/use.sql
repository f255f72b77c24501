-- one row per person and kind of use in the look-back, $from to $cut: nothing after $cut is read. A stay that has not ended by $cut counts up to $cut
WITH wanted AS (
    SELECT f.feature, c.concept FROM (SELECT unnest($feature) AS feature, unnest($kind) AS kind, unnest($concept) AS concept,
        unnest($low) AS low, unnest($high) AS high) AS f JOIN reference.concept AS c ON c.name = f.concept WHERE f.kind = 'use'
)
SELECT person, 'prior_stays' AS feature, CAST(count(*) AS DOUBLE) AS value
FROM coded.stay WHERE acute AND admit_date BETWEEN $from AND $cut GROUP BY person
UNION ALL
SELECT person, 'bed_days', CAST(sum(greatest(1, date_diff('day', admit_date, least(coalesce(discharge_date, $cut), $cut)))) AS DOUBLE)
FROM coded.stay WHERE acute AND admit_date BETWEEN $from AND $cut GROUP BY person
UNION ALL
SELECT e.person, w.feature, CAST(count(DISTINCT e.start_date) AS DOUBLE)
FROM coded.event AS e JOIN wanted AS w USING (concept)
WHERE (e.kinds & kind('pending')) = 0 AND e.start_date BETWEEN $from AND $cut
GROUP BY ALL

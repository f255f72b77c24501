-- one row per person and reading whose last value in the look-back ($from to $cut) lies within the bounds of the feature
WITH wanted AS (
    SELECT f.feature, c.concept, f.low, f.high FROM (SELECT unnest($feature) AS feature, unnest($kind) AS kind, unnest($concept) AS concept,
        unnest($low) AS low, unnest($high) AS high) AS f JOIN reference.concept AS c ON c.name = f.concept
    WHERE f.kind = 'reading'
),
last AS (
    SELECT e.person, w.feature, w.low, w.high, arg_max(e.value, (e.start_date, e.fact)) AS value
    FROM coded.event AS e JOIN wanted AS w USING (concept)
    WHERE (e.kinds & kind('pending')) = 0 AND e.value IS NOT NULL AND e.start_date BETWEEN $from AND $cut
    GROUP BY ALL
)
SELECT person, feature, CAST(1 AS DOUBLE) AS value
FROM last
WHERE value >= coalesce(low, value) AND value <= coalesce(high, value)

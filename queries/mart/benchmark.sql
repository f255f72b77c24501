-- benchmark: one row per rate, product line ('' = any) and level: a public value as a fraction, with its source. `goal` marks a cut point to
-- reach, `weight` is the measure's newest known weight in the Star Ratings; medians and averages compare and are no goals
-- whole
WITH weight AS (
    SELECT measure_id, arg_max(weight, measurement_year) AS weight FROM reference.programme
    WHERE programme = 'Stars' AND weight IS NOT NULL GROUP BY measure_id
)
SELECT r.rate_id, b.product_line, b.level, b.value / 100 AS value, b.level = '4 stars' AS goal, w.weight,
    b.programme, b.year, b.measurement_year, b.source
FROM reference.benchmark AS b
JOIN reference.rate AS r ON r.measure_id = b.measure_id AND r.variant = b.variant AND coalesce(r.rate, '') = b.rate
LEFT JOIN weight AS w ON w.measure_id = b.measure_id

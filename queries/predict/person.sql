-- one row per adult covered on $index and known from cover on most days of the look-back ($from to $cut), with the subgroups that the report looks at.
-- The subgroups are never features. Cover is looked at every 30 days
WITH looked_at AS (
    SELECT unnest(generate_series(CAST($from AS DATE), CAST($cut AS DATE), INTERVAL 30 DAY)) AS on_date
),
cover AS (
    SELECT person, contract, start_date, end_date FROM coded.coverage WHERE benefit_medical
),
known AS (
    SELECT person, count(DISTINCT on_date) AS times FROM cover JOIN looked_at ON on_date BETWEEN start_date AND end_date GROUP BY person
),
line AS (
    SELECT person, string_agg(DISTINCT product_line, ' and ' ORDER BY product_line) AS product_line
    FROM cover JOIN coded.contract USING (contract)
    WHERE $index BETWEEN start_date AND end_date
    GROUP BY person
)
SELECT p.person, age_on(p.birth_date, $index) AS age, p.sex, r.name AS race, e.name AS ethnicity, p.language, line.product_line,
    CASE WHEN age < 45 THEN '18 to 44' WHEN age < 65 THEN '45 to 64' WHEN age < 75 THEN '65 to 74' WHEN age < 85 THEN '75 to 84' ELSE '85 and over' END AS age_band,
    coalesce(known.times, 0) >= 0.8 * (SELECT count(*) FROM looked_at) AS known_long_enough
FROM coded.person AS p
JOIN line USING (person)
LEFT JOIN known USING (person)
LEFT JOIN reference.omb_name AS r ON r.code = p.race
LEFT JOIN reference.omb_name AS e ON e.code = p.ethnicity
WHERE age_on(p.birth_date, $index) >= 18 AND p.sex IN ('female', 'male') AND NOT coalesce(p.held, FALSE)
    AND coalesce(p.death_date > $index, TRUE)
ORDER BY p.person

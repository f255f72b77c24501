-- The people of a cohort within the viewer's reach. A cohort is data: its alternatives are columns of equal length ($lines, $fact, $low, $high, $word, $absent);
-- within a line one alternative suffices, every line must hold, an absent one must not
WITH clause AS (
    SELECT unnest(CAST($lines AS INTEGER[])) AS line, unnest(CAST($fact AS VARCHAR[])) AS fact, unnest(CAST($low AS DOUBLE[])) AS low,
        unnest(CAST($high AS DOUBLE[])) AS high, unnest(CAST($word AS VARCHAR[])) AS word, unnest(CAST($absent AS BOOLEAN[])) AS absent
),
person AS (
    SELECT person, any_value(age) AS age, any_value(sex) AS sex, any_value(language) AS language, any_value(contracts) AS contracts
    FROM mart.panel
    WHERE panel IN (SELECT unnest($panels)) AND ($contract IS NULL OR list_contains(contracts, $contract))
    GROUP BY person
),
answered AS (
    SELECT a.* FROM (SELECT unnest(CAST($answers AS STRUCT(measure_id VARCHAR, person INTEGER, period SMALLINT, unit BIGINT, answer_id INTEGER, kind VARCHAR, answered BOOLEAN)[])) AS a)
),
fact AS (
    SELECT person, 'age' AS fact, CAST(age AS DOUBLE) AS value, CAST(NULL AS VARCHAR) AS word FROM person
    UNION ALL SELECT person, 'sex', NULL, sex FROM person
    UNION ALL SELECT person, 'language', NULL, language FROM person
    UNION ALL SELECT person, 'plan', NULL, c.product_line FROM (SELECT person, unnest(contracts) AS contract FROM person) JOIN mart.contract AS c USING (contract)
    UNION ALL SELECT person, fact, value, NULL FROM mart.person_fact WHERE fact IN (SELECT fact FROM clause)
    UNION ALL SELECT person, 'gap', NULL, measure_id FROM mart.gap, mart.version
        WHERE status IN ('open', 'open_due_soon') AND NOT sensitive AND period = year(as_of) AND 'gap' IN (SELECT fact FROM clause)
    UNION ALL SELECT person, 'risk_tier', NULL, replace(tier, ' ', '_') FROM mart.risk WHERE tier IS NOT NULL AND 'risk_tier' IN (SELECT fact FROM clause)
    UNION ALL SELECT person, 'charlson', charlson, NULL FROM mart.risk WHERE charlson IS NOT NULL AND 'charlson' IN (SELECT fact FROM clause)
    UNION ALL SELECT person, 'hcc_score', CAST(raw_score AS DOUBLE), NULL FROM mart.risk WHERE raw_score IS NOT NULL AND 'hcc_score' IN (SELECT fact FROM clause)
    UNION ALL SELECT person, 'risk_risen', NULL, NULL FROM mart.risk WHERE (illness_moved = 'up' OR raw_score > raw_score_before OR raw_score > score_year_ago) AND 'risk_risen' IN (SELECT fact FROM clause)
    UNION ALL SELECT r.person, 'prompt', NULL, r.kind FROM mart.risk_prompt AS r CROSS JOIN mart.version AS v
        LEFT JOIN answered AS a ON a.person = r.person AND a.measure_id = r.prompt AND a.period = year(v.as_of)
        WHERE NOT r.sensitive AND (r.kind <> 'remove' OR r.in_score) AND NOT coalesce(a.answered, r.answered) AND 'prompt' IN (SELECT fact FROM clause)
    UNION ALL SELECT person, outcome || '_risk', probability * 100, tier FROM mart.prediction
    UNION ALL SELECT person, outcome || '_rising', NULL, NULL FROM mart.prediction WHERE rising
),
met AS (
    SELECT DISTINCT c.line, f.person
    FROM fact AS f JOIN clause AS c USING (fact)
    WHERE (c.low IS NULL OR f.value >= c.low) AND (c.high IS NULL OR f.value <= c.high) AND (c.word IS NULL OR f.word = c.word)
),
line AS (SELECT DISTINCT line, absent FROM clause)
SELECT p.person
FROM person AS p
WHERE NOT EXISTS (FROM line AS l WHERE l.absent = EXISTS (FROM met AS m WHERE m.line = l.line AND m.person = p.person))
ORDER BY p.person

-- A patient's gaps of the measurement year, most pressing first, with the plans that count them, the newest answer that this version knows and the
-- evidence that came after it; $sensitive: those of sensitive services too
WITH answered AS (
    SELECT a.* FROM (SELECT unnest(CAST($answers AS STRUCT(measure_id VARCHAR, person INTEGER, period SMALLINT, unit BIGINT, answer_id INTEGER, answered BOOLEAN)[])) AS a)
)
SELECT g.measure_id, g.period, g.sensitive, g.unit, g.unit_date, CASE WHEN a.person IS NULL THEN g.status WHEN a.answered AND g.counted_standing <= 3 THEN 'answered' ELSE g.counted_status END AS status,
       CASE WHEN a.person IS NULL THEN g.standing WHEN a.answered AND g.counted_standing <= 3 THEN 9 ELSE g.counted_standing END AS standing,
       g.counted_standing, g.title, n.action, n.why, n.variant, g.last_day, g.harm, g.by_enrolment, k.answer_id, k.fresh,
       (SELECT string_agg(DISTINCT coalesce(c.plan, c.payer), ', ' ORDER BY coalesce(c.plan, c.payer))
        FROM mart.contract AS c WHERE list_contains([r.contract for r in g.rates], c.contract)) AS plans
FROM mart.gap AS g JOIN mart.version ON g.period = year(as_of) JOIN mart.rate_name AS n USING (rate_id)
LEFT JOIN answered AS a ON a.person = g.person AND a.measure_id = g.measure_id AND a.period = g.period AND a.unit = g.unit
LEFT JOIN mart.answer AS k ON k.person = g.person AND k.measure_id = g.measure_id AND k.period = g.period AND k.unit = g.unit
WHERE ($sensitive OR NOT g.sensitive) AND g.person = $person AND g.person IN (SELECT person FROM mart.panel WHERE panel IN (SELECT unnest($panels)) AND person = $person)
ORDER BY CASE WHEN a.person IS NULL THEN g.standing WHEN a.answered AND g.counted_standing <= 3 THEN 9 ELSE g.counted_standing END > 2, CASE WHEN a.person IS NULL THEN g.standing WHEN a.answered AND g.counted_standing <= 3 THEN 9 ELSE g.counted_standing END > 3,
    g.harm, g.last_day, g.title, g.unit_date

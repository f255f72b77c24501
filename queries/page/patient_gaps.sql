-- A patient's gaps of the measurement year, most pressing first, with the plans that count them; $sensitive: those of sensitive services too
SELECT g.measure_id, g.sensitive, g.unit, g.unit_date, g.status, g.standing, g.title, n.action, n.why, n.variant, g.last_day, g.harm, g.by_enrolment,
       (SELECT string_agg(DISTINCT coalesce(c.plan, c.payer), ', ' ORDER BY coalesce(c.plan, c.payer))
        FROM mart.contract AS c WHERE list_contains([r.contract for r in g.rates], c.contract)) AS plans
FROM mart.gap AS g JOIN mart.version ON period = year(as_of) JOIN mart.rate_name AS n USING (rate_id)
WHERE ($sensitive OR NOT g.sensitive) AND g.person = $person AND g.person IN (SELECT person FROM mart.panel WHERE panel IN (SELECT unnest($panels)) AND person = $person)
ORDER BY g.standing > 2, g.standing > 3, g.harm, g.last_day, g.title, g.unit_date

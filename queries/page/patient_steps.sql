-- Every clause of the patient's measures in the card's order, with each fact found for it or its nearest miss, down to file and row.
-- Where several contracts count the same rate, the contract whose answer is the most pressing speaks
WITH listed AS (
    SELECT person, measure_id, period, unit, unnest(rates) AS rate
    FROM mart.gap JOIN mart.version ON period = year(as_of)
    WHERE ($sensitive OR NOT sensitive) AND person = $person AND person IN (SELECT person FROM mart.panel WHERE panel IN (SELECT unnest($panels)) AND person = $person)
),
counted AS (
    SELECT DISTINCT ON (measure_id, unit, rate.rate_id) * FROM listed ORDER BY rate.standing, rate.contract
)
SELECT c.measure_id, c.unit, n.rate_id, n.title, n.better, c.rate.status AS status, k.clause, k.role, k.text, k.codes,
       (c.rate.met >> (k.clause - 1)) & 1 = 1 AS met, s.on_date, s.value, s.why, f.data_source, f.file_name, s.row_number
FROM counted AS c
JOIN mart.rate_name AS n ON n.rate_id = c.rate.rate_id
JOIN mart.clause AS k ON k.rate_id = c.rate.rate_id
LEFT JOIN mart.gap_step AS s ON s.person = c.person AND s.rate_id = c.rate.rate_id AND s.period = c.period AND s.unit = c.unit
                            AND s.contract = c.rate.contract AND s.clause = k.clause
LEFT JOIN mart.file AS f USING (file_no)
ORDER BY c.measure_id, c.unit, n.rate_id, k.clause, s.on_date DESC

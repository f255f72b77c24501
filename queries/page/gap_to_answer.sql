-- One gap that somebody answers, with the evidence on file for it as an answer remembers it and whether an assistant may act on it; no row when it is not
-- the viewer's, or asks for nothing
WITH answered AS (
    SELECT a.* FROM (SELECT unnest(CAST($answers AS STRUCT(measure_id VARCHAR, person INTEGER, period SMALLINT, unit BIGINT, answer_id INTEGER, answered BOOLEAN)[])) AS a)
),
evidence AS (
    SELECT list(DISTINCT concat_ws(' ', s.on_date, s.value)) AS known
    FROM mart.gap_step AS s JOIN mart.rate_name AS n USING (rate_id)
    LEFT JOIN mart.clause AS c ON c.rate_id = s.rate_id AND c.clause = s.clause
    WHERE s.person = $person AND s.period = $period AND s.unit = $unit AND n.measure_id = $measure_id AND s.on_date IS NOT NULL
      AND (s.why IS NOT NULL OR coalesce(c.role NOT IN ('initial_population', 'denominator'), true))
)
SELECT g.measure_id, g.person, g.period, g.unit, g.title, CASE WHEN a.person IS NULL THEN g.standing WHEN a.answered AND g.counted_standing <= 3 THEN 9 ELSE g.counted_standing END AS standing, g.counted_standing,
    coalesce(e.known, []) AS known, d.measure_id IS NOT NULL AS delegable, p.person_id, p.data_source
FROM mart.gap AS g CROSS JOIN evidence AS e
JOIN (SELECT DISTINCT ON (person) person, person_id, data_source FROM mart.panel WHERE panel IN (SELECT unnest($panels)) AND person = $person) AS p USING (person)
LEFT JOIN answered AS a ON a.person = g.person AND a.measure_id = g.measure_id AND a.period = g.period AND a.unit = g.unit
LEFT JOIN mart.delegable AS d ON d.measure_id = g.measure_id
WHERE g.person = $person AND g.measure_id = $measure_id AND g.period = $period AND g.unit = $unit AND ($sensitive OR NOT g.sensitive) AND g.counted_standing <= 3

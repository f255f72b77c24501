-- One gap or documentation prompt ($measure_id: its name) that somebody answers, with the evidence on file for it as an answer remembers it and whether an
-- assistant may act on it; no row when it is not the viewer's, or asks for nothing
WITH answered AS (
    SELECT a.* FROM (SELECT unnest(CAST($answers AS STRUCT(measure_id VARCHAR, person INTEGER, period SMALLINT, unit BIGINT, answer_id INTEGER, kind VARCHAR, answered BOOLEAN)[])) AS a)
),
evidence AS (
    SELECT list(DISTINCT concat_ws(' ', s.on_date, s.value)) AS known
    FROM mart.gap_step AS s JOIN mart.rate_name AS n USING (rate_id)
    LEFT JOIN mart.clause AS c ON c.rate_id = s.rate_id AND c.clause = s.clause
    WHERE s.person = $person AND s.period = $period AND s.unit = $unit AND n.measure_id = $measure_id AND s.on_date IS NOT NULL
      AND (s.why IS NOT NULL OR coalesce(c.role NOT IN ('initial_population', 'denominator'), true))
),
mine AS (
    SELECT DISTINCT ON (person) person, person_id, data_source FROM mart.panel WHERE panel IN (SELECT unnest($panels)) AND person = $person
),
prompt AS (
    SELECT prompt, person, any_value(title) AS title, bool_and(answered) AS answered, list(DISTINCT evidence) AS known
    FROM mart.risk_prompt JOIN mine USING (person) WHERE prompt = $measure_id AND ($sensitive OR NOT sensitive) GROUP BY prompt, person
)
SELECT 'gap' AS about, g.measure_id, g.person, g.period, g.unit, g.title, CASE WHEN a.person IS NULL THEN g.standing WHEN a.answered AND g.counted_standing <= 3 THEN 9 ELSE g.counted_standing END AS standing, g.counted_standing,
    coalesce(e.known, []) AS known, d.measure_id IS NOT NULL AS delegable, p.person_id, p.data_source
FROM mart.gap AS g CROSS JOIN evidence AS e
JOIN mine AS p USING (person)
LEFT JOIN answered AS a ON a.person = g.person AND a.measure_id = g.measure_id AND a.period = g.period AND a.unit = g.unit
LEFT JOIN mart.delegable AS d ON d.measure_id = g.measure_id
WHERE g.person = $person AND g.measure_id = $measure_id AND g.period = $period AND g.unit = $unit AND ($sensitive OR NOT g.sensitive) AND g.counted_standing <= 3
UNION ALL
SELECT 'prompt', r.prompt, r.person, CAST(year(v.as_of) AS SMALLINT), 0, r.title, CASE WHEN coalesce(a.answered, r.answered) THEN 9 ELSE 1 END, 1, r.known, false, p.person_id, p.data_source
FROM prompt AS r JOIN mine AS p USING (person) CROSS JOIN mart.version AS v
LEFT JOIN answered AS a ON a.person = r.person AND a.measure_id = r.prompt AND a.period = year(v.as_of)
WHERE $period = year(v.as_of) AND $unit = 0

-- Gaps of the viewer's people for which an answer was proposed ($measures and $people, pair by pair): who, and what the gap is called
WITH proposed AS (
    SELECT unnest(CAST($measures AS VARCHAR[])) AS measure_id, unnest(CAST($people AS INTEGER[])) AS person
)
SELECT DISTINCT ON (g.person, g.measure_id) g.person, g.measure_id, g.title, p.first_name, p.last_name
FROM proposed JOIN mart.gap AS g USING (measure_id, person) JOIN mart.version ON g.period = year(as_of)
JOIN (SELECT DISTINCT person, first_name, last_name FROM mart.panel WHERE panel IN (SELECT unnest($panels))) AS p USING (person)
WHERE NOT g.sensitive AND g.counted_standing <= 3
ORDER BY g.person, g.measure_id

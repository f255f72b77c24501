-- Gaps and documentation prompts of the viewer's people for which an answer was proposed ($measures and $people, pair by pair): who, and what each is called
WITH proposed AS (
    SELECT unnest(CAST($measures AS VARCHAR[])) AS measure_id, unnest(CAST($people AS INTEGER[])) AS person
),
asked AS (
    SELECT person, measure_id, title FROM mart.gap JOIN mart.version ON period = year(as_of) WHERE NOT sensitive AND counted_standing <= 3
    UNION ALL
    SELECT person, prompt, title FROM mart.risk_prompt WHERE NOT sensitive
)
SELECT DISTINCT ON (g.person, g.measure_id) g.person, g.measure_id, g.title, p.first_name, p.last_name
FROM proposed JOIN asked AS g USING (measure_id, person)
JOIN (SELECT DISTINCT person, first_name, last_name FROM mart.panel WHERE panel IN (SELECT unnest($panels))) AS p USING (person)
ORDER BY g.person, g.measure_id

-- What was answered this year of the documentation prompts of the viewer's people, by group, practice, kind of prompt and answer. An answer counts until there is
-- new evidence; that of a prompt which is gone, as when a claim names the condition by now, goes on counting
WITH people AS (
    SELECT DISTINCT p.person, c.group_id, c.practice_id
    FROM mart.panel AS p JOIN mart.clinician AS c USING (panel)
    WHERE p.panel IN (SELECT unnest($panels)) AND ($contract IS NULL OR list_contains(p.contracts, $contract))
      AND ($people IS NULL OR p.person IN (SELECT unnest(CAST($people AS INTEGER[]))))
),
waiting AS (
    SELECT a.* FROM (SELECT unnest(CAST($answers AS STRUCT(measure_id VARCHAR, person INTEGER, period SMALLINT, unit BIGINT, answer_id INTEGER, kind VARCHAR, answered BOOLEAN)[])) AS a)
),
again AS (
    SELECT person, prompt AS measure_id FROM mart.risk_prompt WHERE NOT answered
),
said AS (
    SELECT person, measure_id, period, kind FROM mart.answer ANTI JOIN waiting USING (person, measure_id, period, unit) ANTI JOIN again USING (person, measure_id) WHERE holds
    UNION ALL
    SELECT person, measure_id, period, kind FROM waiting WHERE answered
)
SELECT p.group_id, p.practice_id, split_part(s.measure_id, '-', 1) AS prompt, s.kind AS answer, count(*) AS prompts
FROM said AS s JOIN people AS p USING (person) JOIN mart.version AS v ON s.period = year(v.as_of)
WHERE s.kind IN ('documented', 'not_present')
GROUP BY ALL

-- The viewer's practices with people among $people: how many, those with something due, their open gaps, who has a pending claim, claims rejected
WITH changed AS (
    SELECT c.* FROM (SELECT unnest(CAST($changed AS STRUCT(person INTEGER, open_gaps BIGINT, due_this_month BIGINT, likely_gaps BIGINT, top_harm SMALLINT,
        first_last_day DATE, due_titles VARCHAR[])[])) AS c)
),
listed AS (
    SELECT DISTINCT c.practice_id, c.group_id, p.person, coalesce(a.open_gaps, p.open_gaps) AS open_gaps
    FROM mart.panel AS p JOIN mart.clinician AS c USING (panel) LEFT JOIN changed AS a USING (person)
    WHERE p.panel IN (SELECT unnest($panels)) AND c.practice_id IS NOT NULL AND ($contract IS NULL OR list_contains(p.contracts, $contract))
      AND p.person IN (SELECT unnest(CAST($people AS INTEGER[])))
),
place AS (
    SELECT DISTINCT s.panel_set, c.practice_id, c.group_id
    FROM mart.panel_set AS s JOIN mart.clinician AS c USING (panel) WHERE panel IN (SELECT unnest($panels)) AND c.practice_id IS NOT NULL
),
claims AS (
    SELECT practice_id, group_id, count(DISTINCT person) FILTER (reason = 'pending') AS likely_people, count(DISTINCT fact) FILTER (reason = 'rejected') AS rejected_claims
    FROM mart.claim_to_fix JOIN place USING (panel_set)
    WHERE ($contract IS NULL OR list_contains(contracts, $contract)) AND person IN (SELECT unnest(CAST($people AS INTEGER[])))
    GROUP BY practice_id, group_id
),
counted AS (
    SELECT practice_id, group_id, count(*) AS people, count(*) FILTER (open_gaps > 0) AS people_due, CAST(coalesce(sum(open_gaps), 0) AS BIGINT) AS open_gaps
    FROM listed GROUP BY practice_id, group_id
)
SELECT p.practice_id, p.group_id, n.practice_name, n.group_name, p.people, p.people_due, p.open_gaps, coalesce(c.likely_people, 0) AS likely_people,
    coalesce(c.rejected_claims, 0) AS rejected_claims
FROM counted AS p
JOIN mart.practice AS n ON n.practice_id = p.practice_id AND n.group_id IS NOT DISTINCT FROM p.group_id
LEFT JOIN claims AS c ON c.practice_id = p.practice_id AND c.group_id IS NOT DISTINCT FROM p.group_id
ORDER BY p.open_gaps DESC, n.practice_name

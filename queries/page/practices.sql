-- The viewer's practices: people on their work lists, those with something due, open gaps, people with a claim that waits or was rejected
WITH place AS (
    SELECT DISTINCT s.panel_set, c.practice_id, c.group_id
    FROM mart.panel_set AS s JOIN mart.clinician AS c USING (panel)
    WHERE panel IN (SELECT unnest($panels)) AND c.practice_id IS NOT NULL
),
counted AS (
    SELECT panel_set, contract, people, people_due, open_gaps FROM mart.panel_count
    UNION ALL
    SELECT s.panel_set, s.contract, 0, s.people_due, s.open_gaps
    FROM (SELECT unnest(CAST($shifted AS STRUCT(panel_set BIGINT, contract INTEGER, people_due BIGINT, open_gaps BIGINT)[])) AS s)
),
people AS (
    SELECT practice_id, group_id, sum(people) AS people, sum(people_due) AS people_due, sum(open_gaps) AS open_gaps
    FROM counted JOIN place USING (panel_set) WHERE contract IS NOT DISTINCT FROM $contract GROUP BY practice_id, group_id
),
claims AS (
    SELECT practice_id, group_id, count(DISTINCT person) FILTER (reason = 'pending') AS likely_people, count(DISTINCT fact) FILTER (reason = 'rejected') AS rejected_claims
    FROM mart.claim_to_fix JOIN place USING (panel_set)
    WHERE panel_set IN (SELECT panel_set FROM mart.panel_set WHERE panel IN (SELECT unnest($panels)))
      AND ($contract IS NULL OR list_contains(contracts, $contract))
    GROUP BY practice_id, group_id
)
SELECT p.practice_id, p.group_id, n.practice_name, n.group_name, CAST(p.people AS BIGINT) AS people, CAST(p.people_due AS BIGINT) AS people_due,
    CAST(p.open_gaps AS BIGINT) AS open_gaps, coalesce(c.likely_people, 0) AS likely_people, coalesce(c.rejected_claims, 0) AS rejected_claims
FROM people AS p
JOIN mart.practice AS n ON n.practice_id = p.practice_id AND n.group_id IS NOT DISTINCT FROM p.group_id
LEFT JOIN claims AS c ON c.practice_id = p.practice_id AND c.group_id IS NOT DISTINCT FROM p.group_id
ORDER BY n.group_name, n.practice_name

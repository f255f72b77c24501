-- Risk of the viewer's Medicare people by group and practice: how many can be scored, mean raw score now and last year (people scored in both), last year by
-- V24 too, lasting conditions named again or still to confirm, suspects, and what is to be removed, each with how many
-- people lists may show for it (sensitive services stay off lists; the cohort prompt=... is the same people)
WITH people AS (
    SELECT DISTINCT p.person, c.group_id, c.practice_id
    FROM mart.panel AS p JOIN mart.clinician AS c USING (panel)
    WHERE p.panel IN (SELECT unnest($panels)) AND ($contract IS NULL OR list_contains(p.contracts, $contract))
),
factor AS (
    SELECT person, count(*) FILTER (is_condition AND standing = 'kept') AS kept FROM mart.risk_factor WHERE model = 'V28' GROUP BY person
),
prompt AS (
    SELECT person, count(*) FILTER (kind = 'confirm') AS confirm, count(*) FILTER (kind = 'consider') AS consider, count(DISTINCT title) FILTER (kind = 'remove' AND in_score) AS remove,
        count(DISTINCT title) FILTER (kind = 'remove' AND audited) AS high_risk,
        bool_or(kind = 'confirm' AND NOT sensitive) AS to_confirm, bool_or(kind = 'consider' AND NOT sensitive) AS to_consider, bool_or(kind = 'remove' AND in_score AND NOT sensitive) AS to_remove
    FROM mart.risk_prompt GROUP BY person
),
judged AS (
    SELECT p.group_id, p.practice_id, r.*, coalesce(f.kept, 0) AS kept, coalesce(t.confirm, 0) AS confirm, coalesce(t.consider, 0) AS consider,
        coalesce(t.remove, 0) AS remove, coalesce(t.high_risk, 0) AS high_risk, t.to_confirm, t.to_consider, t.to_remove,
        r.raw_score IS NOT NULL AND r.raw_score_before IS NOT NULL AS twice
    FROM people AS p JOIN mart.risk AS r USING (person) LEFT JOIN factor AS f USING (person) LEFT JOIN prompt AS t USING (person)
    WHERE r.is_medicare
)
SELECT j.group_id, j.practice_id, any_value(n.group_name) AS group_name, any_value(n.practice_name) AS practice_name, count(*) AS people,
    count(raw_score) AS scored, count(*) FILTER (twice) AS twice, avg(raw_score) FILTER (twice) AS now, avg(raw_score_before) FILTER (twice) AS before,
    avg(raw_score_before_v24) FILTER (twice) AS before_v24, CAST(sum(kept) AS BIGINT) AS kept, CAST(sum(confirm) AS BIGINT) AS confirm,
    CAST(sum(consider) AS BIGINT) AS consider, CAST(sum(remove) AS BIGINT) AS remove, CAST(sum(high_risk) AS BIGINT) AS high_risk,
    count(*) FILTER (to_confirm) AS confirm_people, count(*) FILTER (to_consider) AS consider_people, count(*) FILTER (to_remove) AS remove_people
FROM judged AS j LEFT JOIN mart.practice AS n ON n.practice_id = j.practice_id AND n.group_id IS NOT DISTINCT FROM j.group_id
GROUP BY j.group_id, j.practice_id ORDER BY group_name, practice_name

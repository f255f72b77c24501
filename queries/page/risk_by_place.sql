-- Risk of the viewer's Medicare people by group and practice: how many can be scored, mean raw score now and last year (people scored in both), last year by
-- V24 too, lasting conditions named again or not (missing), and the prompts that nobody answered: to confirm, suspects, to be removed, each with how many
-- people lists may show for it (sensitive services stay off lists; the cohort prompt=... is the same people)
WITH people AS (
    SELECT DISTINCT p.person, c.group_id, c.practice_id
    FROM mart.panel AS p JOIN mart.clinician AS c USING (panel)
    WHERE p.panel IN (SELECT unnest($panels)) AND ($contract IS NULL OR list_contains(p.contracts, $contract))
      AND ($people IS NULL OR p.person IN (SELECT unnest(CAST($people AS INTEGER[]))))
),
waiting AS (
    SELECT a.* FROM (SELECT unnest(CAST($answers AS STRUCT(measure_id VARCHAR, person INTEGER, period SMALLINT, unit BIGINT, answer_id INTEGER, kind VARCHAR, answered BOOLEAN)[])) AS a)
),
factor AS (
    SELECT person, count(*) FILTER (is_condition AND standing = 'kept') AS kept FROM mart.risk_factor WHERE model = 'V28' GROUP BY person
),
standing AS (
    SELECT r.* EXCLUDE (answered), coalesce(w.answered, r.answered) AS answered
    FROM mart.risk_prompt AS r CROSS JOIN mart.version AS v LEFT JOIN waiting AS w ON w.person = r.person AND w.measure_id = r.prompt AND w.period = year(v.as_of)
),
prompt AS (
    SELECT person, count(DISTINCT prompt) FILTER (kind = 'confirm') AS missing,
        count(DISTINCT prompt) FILTER (kind = 'confirm' AND NOT answered) AS confirm, count(DISTINCT prompt) FILTER (kind = 'consider' AND NOT answered) AS consider,
        count(DISTINCT prompt) FILTER (kind = 'remove' AND in_score AND NOT answered) AS remove, count(DISTINCT prompt) FILTER (kind = 'remove' AND audited AND NOT answered) AS high_risk,
        bool_or(kind = 'confirm' AND NOT sensitive AND NOT answered) AS to_confirm, bool_or(kind = 'consider' AND NOT sensitive AND NOT answered) AS to_consider,
        bool_or(kind = 'remove' AND in_score AND NOT sensitive AND NOT answered) AS to_remove
    FROM standing GROUP BY person
),
judged AS (
    SELECT p.group_id, p.practice_id, r.*, f.kept, t.* EXCLUDE (person), r.raw_score IS NOT NULL AND r.raw_score_before IS NOT NULL AS twice
    FROM people AS p JOIN mart.risk AS r USING (person) LEFT JOIN factor AS f USING (person) LEFT JOIN prompt AS t USING (person)
    WHERE r.is_medicare
)
SELECT j.group_id, j.practice_id, any_value(n.group_name) AS group_name, any_value(n.practice_name) AS practice_name, count(*) AS people,
    count(raw_score) AS scored, count(*) FILTER (twice) AS twice, avg(raw_score) FILTER (twice) AS now, avg(raw_score_before) FILTER (twice) AS before,
    avg(raw_score_before_v24) FILTER (twice) AS before_v24,
    CAST(coalesce(sum(kept), 0) AS BIGINT) AS kept, CAST(coalesce(sum(missing), 0) AS BIGINT) AS missing, CAST(coalesce(sum(confirm), 0) AS BIGINT) AS confirm,
    CAST(coalesce(sum(consider), 0) AS BIGINT) AS consider, CAST(coalesce(sum(remove), 0) AS BIGINT) AS remove, CAST(coalesce(sum(high_risk), 0) AS BIGINT) AS high_risk,
    count(*) FILTER (to_confirm) AS confirm_people, count(*) FILTER (to_consider) AS consider_people, count(*) FILTER (to_remove) AS remove_people
FROM judged AS j LEFT JOIN mart.practice AS n ON n.practice_id = j.practice_id AND n.group_id IS NOT DISTINCT FROM j.group_id
GROUP BY j.group_id, j.practice_id ORDER BY group_name, practice_name

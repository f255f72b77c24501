-- panel_count: one row per set of panels and contract (NULL = whatever the plan): people on its work lists, how many of them have something due, and
-- their open gaps. A plan's people are those whom it covers today, as in My panel
-- counts: people, people_due, open_gaps
WITH gap AS (
    SELECT person, count(*) FILTER (is_open(status)) AS open_gaps
    FROM history.gap
    WHERE period = year($as_of) AND measure_id NOT IN (SELECT name FROM reference.sensitive WHERE kind = 'measure') GROUP BY person
),
person AS (
    SELECT person, panel_set, coalesce(open_gaps, 0) AS open_gaps
    FROM panels_of('coded.person', 'coded.attribution', $as_of) LEFT JOIN gap USING (person)
    WHERE listed
),
covered AS (
    SELECT person, CAST(NULL AS INTEGER) AS contract FROM person
    UNION ALL
    SELECT DISTINCT person, contract FROM coded.coverage WHERE $as_of BETWEEN start_date AND end_date
)
SELECT panel_set, contract, count(*) AS people, count(*) FILTER (open_gaps > 0) AS people_due, CAST(sum(open_gaps) AS BIGINT) AS open_gaps
FROM person JOIN covered USING (person)
GROUP BY panel_set, contract

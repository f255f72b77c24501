-- panel_count: one row per set of panels: how many people are on its work lists, how many of them have something due, and their open gaps
WITH gap AS (
    SELECT person, count(*) FILTER (is_open(status)) AS open_gaps
    FROM gap_of('result.measure_result', 'reference.rate', $as_of) WHERE period = year($as_of) GROUP BY person
)
SELECT panel_set, count(*) AS people, count(*) FILTER (open_gaps > 0) AS people_due, CAST(coalesce(sum(open_gaps), 0) AS BIGINT) AS open_gaps
FROM panels_of('coded.person', 'coded.attribution', $as_of) LEFT JOIN gap USING (person)
WHERE listed
GROUP BY panel_set

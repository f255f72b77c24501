-- How answers younger than this version change mart.panel_count: signed differences. For `ask` itself ($shifted)
WITH changed AS (
    SELECT c.* FROM (SELECT unnest(CAST($changed AS STRUCT(person INTEGER, open_gaps BIGINT, due_this_month BIGINT, likely_gaps BIGINT, top_harm SMALLINT,
        first_last_day DATE, due_titles VARCHAR[])[])) AS c)
),
person AS (
    SELECT p.person, CAST(hash(list_sort(list(DISTINCT p.panel))) >> 1 AS BIGINT) AS panel_set, any_value(p.contracts) AS contracts,
        any_value(c.open_gaps) - any_value(p.open_gaps) AS open_gaps,
        CAST(any_value(c.open_gaps) > 0 AS INTEGER) - CAST(any_value(p.open_gaps) > 0 AS INTEGER) AS people_due
    FROM mart.panel AS p JOIN changed AS c USING (person) GROUP BY p.person
),
covered AS (
    SELECT panel_set, CAST(NULL AS INTEGER) AS contract, open_gaps, people_due FROM person
    UNION ALL
    SELECT panel_set, unnest(contracts), open_gaps, people_due FROM person
)
SELECT panel_set, contract, CAST(sum(people_due) AS BIGINT) AS people_due, CAST(sum(open_gaps) AS BIGINT) AS open_gaps FROM covered GROUP BY panel_set, contract

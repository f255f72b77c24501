-- One page of My panel, and how many rows the filter has in all: first the order by few columns, then all columns of the rows shown.
-- $show names a chip, $sort names a column
WITH changed AS (
    SELECT c.* FROM (SELECT unnest(CAST($changed AS STRUCT(person INTEGER, open_gaps BIGINT, due_this_month BIGINT, likely_gaps BIGINT, top_harm SMALLINT,
        first_last_day DATE, due_titles VARCHAR[])[])) AS c)
),
panel AS (
    SELECT p.* EXCLUDE (open_gaps, due_this_month, likely_gaps, top_harm, first_last_day, due_titles), CASE WHEN c.person IS NULL THEN p.open_gaps ELSE c.open_gaps END AS open_gaps,
        CASE WHEN c.person IS NULL THEN p.due_this_month ELSE c.due_this_month END AS due_this_month, CASE WHEN c.person IS NULL THEN p.likely_gaps ELSE c.likely_gaps END AS likely_gaps,
        CASE WHEN c.person IS NULL THEN p.top_harm ELSE c.top_harm END AS top_harm, CASE WHEN c.person IS NULL THEN p.first_last_day ELSE c.first_last_day END AS first_last_day,
        CASE WHEN c.person IS NULL THEN p.due_titles ELSE c.due_titles END AS due_titles
    FROM mart.panel AS p LEFT JOIN changed AS c USING (person)
),
listed AS (
    SELECT panel, person, alone, last_name, first_name, birth_date, open_gaps, top_harm, first_last_day, last_visit_date, risk_rank, charlson
    FROM panel, mart.version
    WHERE panel IN (SELECT unnest($panels))
      AND CASE $show WHEN 'due' THEN open_gaps > 0
                     WHEN 'month' THEN due_this_month > 0
                     WHEN 'not-seen' THEN last_visit_date IS NULL OR last_visit_date < as_of - INTERVAL 12 MONTH
                     WHEN 'risk' THEN risk_tier IN ('high', 'very high') OR risk_moved = 'up'
                     WHEN 'no-visit' THEN open_gaps > 0 AND next_visit_at IS NULL
                     WHEN 'likely' THEN likely_gaps > 0
                     WHEN 'discharged' THEN discharge_date >= as_of - INTERVAL 30 DAY
                     ELSE true END
      AND ($contract IS NULL OR list_contains(contracts, $contract))
      AND ($people IS NULL OR person IN (SELECT unnest(CAST($people AS INTEGER[]))))
),
people AS (
    FROM listed WHERE alone
    UNION ALL
    SELECT DISTINCT ON (person) * FROM listed WHERE NOT alone
),
shown AS (
    SELECT panel, person
    FROM people
    ORDER BY CASE WHEN $sort = 'name' THEN last_name END, CASE WHEN $sort = 'name' THEN first_name END,
             CASE WHEN $sort = 'age' THEN birth_date END,
             CASE WHEN $sort = 'gaps' THEN -open_gaps END, CASE WHEN $sort = 'risk' THEN -risk_rank END, CASE WHEN $sort = 'risk' THEN -coalesce(charlson, -1) END,
             CASE WHEN $sort = 'last-visit' THEN last_visit_date END NULLS FIRST,
             CASE WHEN $sort = 'last-day' THEN first_last_day END NULLS LAST,
             open_gaps = 0, top_harm, first_last_day, risk_rank DESC, coalesce(charlson, 0) DESC, open_gaps DESC, last_name, first_name, person
    LIMIT $page_size OFFSET $page_size * ($page - 1)
)
SELECT person, first_name, last_name, birth_date, age, sex, language, interpreter_needed, phone, plans, open_gaps, due_titles, first_last_day, top_harm,
       likely_gaps, closed_gaps, by_enrolment, last_visit_date, next_visit_at, panel.discharge_date, risk_tier, risk_moved, risk_probability, charlson,
       d.lace, d.complete AS lace_complete, d.length_points, d.acuity_points, d.comorbidity_points, d.emergency_points,
       (SELECT count(*) FROM people) AS total
FROM panel JOIN shown USING (panel, person) LEFT JOIN mart.discharge AS d USING (person)
ORDER BY CASE WHEN $sort = 'name' THEN last_name END, CASE WHEN $sort = 'name' THEN first_name END,
         CASE WHEN $sort = 'age' THEN birth_date END,
         CASE WHEN $sort = 'gaps' THEN -open_gaps END, CASE WHEN $sort = 'risk' THEN -risk_rank END, CASE WHEN $sort = 'risk' THEN -coalesce(charlson, -1) END,
         CASE WHEN $sort = 'last-visit' THEN last_visit_date END NULLS FIRST,
         CASE WHEN $sort = 'last-day' THEN first_last_day END NULLS LAST,
         open_gaps = 0, top_harm, first_last_day, risk_rank DESC, coalesce(charlson, 0) DESC, open_gaps DESC, last_name, first_name, person

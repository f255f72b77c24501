-- one row per person, plan, measure, rate and year: where the plan said last, up to $as_of, that its member stands
-- sorted by person
SELECT DISTINCT ON (person, payer, plan, product_line, measure, rate, measurement_year)
    person, source_row, payer, plan, product_line, measure, rate, CAST(measurement_year AS SMALLINT) AS period, status, service_date, gap_date
FROM valid.plan_gap WHERE person IS NOT NULL AND gap_date <= CAST($as_of AS DATE)
ORDER BY person, payer, plan, product_line, measure, rate, measurement_year, gap_date DESC, source_row DESC

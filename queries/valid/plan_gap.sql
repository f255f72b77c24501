-- where a plan says that its member stands in a measure
-- view
SELECT
    person, source_row, person_id, member_id, trim(payer) AS payer, trim(plan) AS plan, nullif(lower(trim(product_line)), '') AS product_line, upper(trim(measure)) AS measure,
    nullif(trim(rate), '') AS rate, measurement_year, lower(trim(status)) AS status, service_date, gap_date, data_source, file_name
FROM extract.plan_gap
ANTI JOIN (SELECT source_row FROM extract.set_aside WHERE table_name = 'plan_gap') AS aside USING (source_row)

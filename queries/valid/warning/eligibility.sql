-- coverage spans that are doubtful
WITH rule AS (SELECT table_name, rule, cure FROM reference.rule),
span AS (
    SELECT person, data_source, file_name, source_row, payer, plan, product_line, benefit_medical, benefit_pharmacy, benefit_mental_health,
        benefit_chemical_dependency, hospice_flag, institutional_snp_flag, dual_status_code, death_date,
        coalesce(enrollment_start_date, first_of_month(year_month)) AS start_date,
        coalesce(CASE WHEN enrollment_start_date IS NULL THEN last_day(first_of_month(year_month)) ELSE known_end(enrollment_end_date) END,
            DATE '9999-12-31') AS end_date
    FROM extract.eligibility
    ANTI JOIN (SELECT source_row FROM extract.set_aside WHERE table_name = 'eligibility') AS aside USING (source_row)
),
followed AS (
    SELECT *, lead(start_date) OVER next AS next_start, lead(row(hospice_flag, institutional_snp_flag, dual_status_code)) OVER next AS next_flags
    FROM span WINDOW next AS (PARTITION BY person, data_source, payer, plan ORDER BY start_date, end_date, source_row)
),
doubt AS (
    SELECT data_source, file_name, source_row, unnest([
        CASE WHEN next_start = end_date + 2 THEN 'eligibility_69_one_day_gap' END,
        CASE WHEN start_date = end_date THEN 'eligibility_70_one_day' END,
        CASE WHEN payer IS NULL OR plan IS NULL OR product_line IS NULL THEN 'eligibility_81_no_product_line' END,
        CASE WHEN coalesce(benefit_medical, benefit_pharmacy, benefit_mental_health, benefit_chemical_dependency) IS NULL
            THEN 'eligibility_82_benefits_not_sent' END,
        CASE WHEN next_start <= end_date AND next_flags <> row(hospice_flag, institutional_snp_flag, dual_status_code)
            THEN 'eligibility_83_flags_conflict' END,
        CASE WHEN end_date > death_date THEN 'eligibility_84_covered_after_death' END]) AS rule
    FROM followed
),
found AS (
    SELECT 'eligibility' AS table_name, data_source, file_name, rule, count(*) AS rows, min(source_row) AS first_row, NULL::VARCHAR AS found
    FROM doubt WHERE rule IS NOT NULL GROUP BY ALL
)
FROM warned('found', 'rule')

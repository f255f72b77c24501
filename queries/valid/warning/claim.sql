-- claims whose dates, days or person are doubtful
-- at full builds
WITH rule AS (SELECT table_name, rule, cure FROM reference.rule),
covered AS (SELECT DISTINCT data_source, person FROM extract.eligibility),
source AS (SELECT DISTINCT data_source FROM covered),
unknown_person AS MATERIALIZED (
    SELECT 'medical_claim' AS table_name, data_source, file_name, 'claim_48_no_eligibility' AS rule, person, count(*) AS rows, min(source_row) AS first_row
    FROM extract.medical_claim SEMI JOIN source USING (data_source) GROUP BY ALL
    UNION ALL
    SELECT 'pharmacy_claim', data_source, file_name, 'claim_48_no_eligibility', person, count(*), min(source_row)
    FROM extract.pharmacy_claim SEMI JOIN source USING (data_source) GROUP BY ALL
),
found AS (
    SELECT table_name, data_source, file_name, rule, rows, first_row, NULL::VARCHAR AS found FROM unknown_person ANTI JOIN covered USING (data_source, person)
    UNION ALL
    SELECT 'medical_claim', data_source, file_name, 'claim_44_other_header_date', count(*), min(source_row),
        any_value('line ' || claim_line_start_date || ', claim ' || claim_start_date || ' to ' || coalesce(claim_end_date, claim_start_date))
    FROM extract.medical_claim
    WHERE claim_line_start_date < claim_start_date OR claim_line_start_date > claim_end_date
    GROUP BY ALL
    UNION ALL
    SELECT 'pharmacy_claim', data_source, file_name, 'fill_59_days_supply', count(*), min(source_row), any_value('days_supply ' || days_supply)
    FROM extract.pharmacy_claim WHERE days_supply = 0 OR days_supply > 365 GROUP BY ALL
)
FROM warned('found', 'rule')

-- fill that came under two claim ids: same person, pharmacy, day, drug, quantity and days. Not looked for where a reversal is in play.
-- first
WITH fill AS NOT MATERIALIZED (
    SELECT person, data_source, source_row, file_name, claim_id, coalesce(lower(line_status), lower(claim_status), 'paid') AS status,
        row(dispensing_date, ndc_code, quantity, days_supply, dispensing_provider_npi) AS fill, hash(person, dispensing_date, ndc_code) AS key,
        adjustment_type <> 'original' OR quantity < 0 OR days_supply < 0 OR paid_amount < 0 OR original_claim_id IS NOT NULL OR record_action = 'D' AS adjusts
    FROM extract.pharmacy_claim ANTI JOIN extract.broken_row USING (source_row)
    WHERE ndc_code IS NOT NULL
),
doubled AS MATERIALIZED (
    SELECT key FROM fill GROUP BY key HAVING count(*) > 1 AND NOT coalesce(bool_or(adjusts), FALSE)
),
placed AS (
    SELECT *, min(claim_id) OVER (PARTITION BY person, data_source, fill) AS kept FROM fill WHERE key IN (FROM doubled) AND status = 'paid'
)
SELECT 'pharmacy_claim' AS table_name, source_row, data_source, file_name, 'fill_56_repeated' AS rule, 'by claim ' || kept AS found
FROM placed WHERE claim_id > kept

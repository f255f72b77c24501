-- fill that does not stand, with the rule that says why
-- first
WITH line AS NOT MATERIALIZED (
    SELECT person, data_source, claim_id, claim_line_number, source_row, file_name, file_date, received_date, source_updated_at, record_action,
        claim_status, adjustment_type, NULL AS bill_type_code, original_claim_id, coalesce(quantity, days_supply, paid_amount) AS amount,
        takes_back(paid_amount, allowed_amount, charge_amount) OR quantity < 0 OR days_supply < 0 AS negative,
        row(person, data_source, dispensing_date, ndc_code) AS service,
        row(dispensing_date, ndc_code, quantity, days_supply, paid_amount, claim_status, line_status, adjustment_type) AS content
    FROM extract.pharmacy_claim
)
SELECT 'pharmacy_claim' AS table_name, * FROM judged_lines('line')

-- fill that does not stand, with the rule that says why
WITH line AS NOT MATERIALIZED (
    SELECT person, data_source, claim_id, claim_line_number, source_row, file_name, file_date, received_date, source_updated_at,
        original_claim_id, lower(claim_status) AS claim_status, adjustment_of(adjustment_type, NULL) AS adjustment,
        coalesce(record_action = 'D', FALSE) AS deleted,
        coalesce(takes_back(paid_amount, allowed_amount, charge_amount) OR quantity < 0 OR days_supply < 0, FALSE) AS negative,
        row(person, data_source, dispensing_date, ndc_code) AS service, coalesce(quantity, days_supply, paid_amount) AS amount,
        row(dispensing_date, ndc_code, quantity, days_supply, paid_amount, claim_status, line_status, adjustment_type) AS content
    FROM extract.pharmacy_claim
    WHERE broken_rule IS NULL
)
SELECT 'pharmacy_claim' AS table_name, * FROM judged_lines('line')

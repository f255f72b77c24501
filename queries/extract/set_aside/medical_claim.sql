-- claim line that does not stand, with the rule that says why
-- first
WITH line AS NOT MATERIALIZED (
    SELECT person, data_source, claim_id, claim_line_number, source_row, file_name, file_date, received_date, source_updated_at, record_action,
        claim_status, adjustment_type, bill_type_code, original_claim_id, coalesce(nullif(charge_amount, 0), nullif(allowed_amount, 0), paid_amount) AS amount,
        takes_back(paid_amount, allowed_amount, charge_amount) AS negative,
        row(person, data_source, claim_line_start_date, claim_start_date, hcpcs_code, revenue_center_code, billing_npi, rendering_npi) AS service,
        row(claim_line_start_date, claim_line_end_date, hcpcs_code, revenue_center_code, diagnosis_code_1, diagnosis_code_2, paid_amount,
            allowed_amount, charge_amount, claim_status, line_status, adjustment_type, hcpcs_modifier_1) AS content
    FROM extract.medical_claim
)
SELECT 'medical_claim' AS table_name, * FROM judged_lines('line')

-- fill that stands
-- view
SELECT
    person, source_row, claim_id, claim_line_number, person_id, member_id, payer, plan, prescribing_provider_npi, dispensing_provider_npi,
    dispensing_date, ndc_code(ndc_code) AS ndc_code, quantity, days_supply, refills, paid_date, paid_amount, allowed_amount, in_network_flag,
    claim_status, line_status, adjustment_type, original_claim_id, received_date, normal_codes(codes) AS codes, data_source, file_name
FROM extract.pharmacy_claim
WHERE broken_rule IS NULL

-- fill that stands
-- view
SELECT
    person, source_row, claim_id, claim_line_number, person_id, member_id, payer, plan,
    known_npi(prescribing_provider_npi) AS prescribing_provider_npi, known_npi(dispensing_provider_npi) AS dispensing_provider_npi, dispensing_date,
    ndc_code(ndc_code) AS ndc_code, quantity, CASE WHEN days_supply BETWEEN 1 AND 365 THEN days_supply END AS days_supply, refills, paid_date,
    paid_amount, allowed_amount, in_network_flag, coalesce(lower(claim_status), 'paid') AS claim_status,
    coalesce(lower(line_status), lower(claim_status), 'paid') AS line_status, adjustment_of(adjustment_type, NULL) AS adjustment_type,
    original_claim_id, received_date, normal_codes(codes) AS codes, data_source, file_name
FROM extract.pharmacy_claim
ANTI JOIN (SELECT source_row FROM extract.set_aside WHERE table_name = 'pharmacy_claim') AS aside USING (source_row)

-- key by which a claim decides about other claim lines of its person (set_aside/medical_claim.sql): its id, the id that it names, the service that it
-- takes back, and the encounter, whose diagnoses are one event over all its claims; hashed, see lab_result_key
-- view
-- sorted by person_key
-- per file
SELECT DISTINCT source_row >> 36 AS file_no, person_key, short_key(hash('claim', data_source, claim_id)) AS claim_key,
    CASE WHEN original_claim_id IS NOT NULL THEN short_key(hash('claim', data_source, original_claim_id)) END AS named_key,
    CASE WHEN takes_back(paid_amount, allowed_amount, charge_amount)
        THEN short_key(hash('service', data_source, claim_line_start_date, claim_start_date, hcpcs_code)) END AS reversal_key,
    CASE WHEN encounter_id IS NOT NULL THEN short_key(hash('encounter', data_source, encounter_id)) END AS encounter_key
FROM extract.medical_claim

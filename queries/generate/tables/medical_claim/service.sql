-- line of a service
WITH line AS (
    SELECT v.*, l.line, l.revenue, l.modifier, l.units, l.price, one_of(h.codes, v.event_key, 'hcpcs ' || coalesce(l.hcpcs, '')) AS service,
        one_of(s.codes, hash(v.id), l.hcpcs) AS product, key_of(v.claim_key, l.line) AS line_key
    FROM generate.sending AS v
    JOIN generate.line AS l USING (care)
    LEFT JOIN generate.code_list AS h ON h.name = l.hcpcs
    LEFT JOIN generate.product_list AS s ON s.name = l.hcpcs AND l.hcpcs LIKE '% CPT'
    WHERE draw(key_of(v.claim_key, l.line), 'there') < l.share
)
SELECT l.claim_id || l.version AS claim_id, l.line AS claim_line_number, l.form AS claim_type,
    -- The exchange matches the bill of a stay with what the hospital told.
    CASE WHEN l.stay_days > 0 THEN 'H' || lpad(to_hex(l.event_key), 16, '0') END AS encounter_id, l.person_id, l.member_id, l.payer, l.plan,
    l.day AS claim_start_date, l.end_day AS claim_end_date,
    -- A few lines are broken on purpose, as in every feed: their day is a placeholder.
    CASE WHEN draw(l.line_key, 'slip') < 0.0003 THEN DATE '1900-01-01' ELSE l.day END AS claim_line_start_date, l.end_day AS claim_line_end_date,
    CASE WHEN l.drg_code IS NOT NULL OR l.end_day > l.day THEN l.day END AS admission_date, CASE WHEN l.drg_code IS NOT NULL OR l.end_day > l.day THEN l.end_day END AS discharge_date,
    l.disposition_code AS discharge_disposition_code, l.place AS place_of_service_code, l.bill_type AS bill_type_code,
    CASE WHEN l.drg_code IS NOT NULL THEN 'ms-drg' END AS drg_code_type, l.drg_code, l.revenue AS revenue_center_code,
    CAST(CASE WHEN l.units > 1 AND l.end_day > l.day THEN l.end_day - l.day ELSE l.units END AS DOUBLE) AS service_unit_quantity, coalesce(l.product, l.service) AS hcpcs_code, l.modifier AS hcpcs_modifier_1,
    d.npi AS rendering_npi, d.npi AS billing_npi, CASE WHEN l.form = 'institutional' THEN f.npi END AS facility_npi,
    CASE WHEN l.claim_status = 'paid' THEN l.received_date + 7 END AS paid_date,
    CASE WHEN l.claim_status = 'paid' THEN round(0.8 * l.price * l.price_factor, 2) ELSE 0 END AS paid_amount,
    round(l.price * l.price_factor, 2) AS allowed_amount, round(2.4 * l.price, 2) AS charge_amount, round(0.2 * l.price * l.price_factor, 2) AS coinsurance_amount, 0 AS copayment_amount,
    0 AS deductible_amount, round(l.price * l.price_factor, 2) AS total_cost_amount,
    'icd-10-cm' AS diagnosis_code_type, l.diagnoses[1] AS diagnosis_code_1, l.diagnoses[2] AS diagnosis_code_2, l.diagnoses[3] AS diagnosis_code_3, l.diagnoses[4] AS diagnosis_code_4,
    l.diagnoses[5] AS diagnosis_code_5, l.diagnoses[6] AS diagnosis_code_6, l.diagnoses[7] AS diagnosis_code_7, l.diagnoses[8] AS diagnosis_code_8,
    CAST(draw(l.claim_key, 'network') < 0.95 AS INTEGER) AS in_network_flag, l.claim_status,
    CASE WHEN l.claim_status = 'paid' AND draw(l.line_key, 'line denied') < 0.01 THEN 'denied' END AS line_status,
    CASE l.version WHEN 'R' THEN 'replacement' WHEN 'V' THEN 'void' ELSE 'original' END AS adjustment_type,
    CASE WHEN l.version <> '' THEN l.claim_id END AS original_claim_id,
    l.received_date, 'mso' AS data_source, l.file_date, l.delivery
FROM line AS l
LEFT JOIN generate.clinician_npi AS d ON d.clinician = l.clinician
LEFT JOIN generate.facility_npi AS f ON f.facility = 1 + CAST(l.event_key % 6 AS INTEGER)

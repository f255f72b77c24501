-- line of a result billed as a code, on the claim of the visit or test where it was taken
SELECT c.claim_id, b.line AS claim_line_number, c.form AS claim_type, c.person_id, c.member_id, c.payer, c.plan,
    c.day AS claim_start_date, c.end_day AS claim_end_date, c.day AS claim_line_start_date, c.end_day AS claim_line_end_date, c.place AS place_of_service_code,
    1.0 AS service_unit_quantity, h.codes[1] AS hcpcs_code, d.npi AS rendering_npi, d.npi AS billing_npi,
    CASE WHEN c.claim_status = 'paid' THEN c.received_date + 7 END AS paid_date, 0.0 AS paid_amount, 0.0 AS allowed_amount, 0.0 AS charge_amount,
    'icd-10-cm' AS diagnosis_code_type, c.diagnoses[1] AS diagnosis_code_1, c.diagnoses[2] AS diagnosis_code_2, c.diagnoses[3] AS diagnosis_code_3, c.diagnoses[4] AS diagnosis_code_4,
    1 AS in_network_flag, c.claim_status, 'original' AS adjustment_type, c.received_date, 'mso' AS data_source, c.file_date, c.delivery
FROM generate.sending AS c
JOIN generate.reading_of_event AS r USING (event_key)
JOIN generate.result_code AS b ON b.test = r.test AND r.value >= b.from_value AND r.value < b.to_value
JOIN generate.code_list AS h ON h.name = b.hcpcs
LEFT JOIN generate.clinician_npi AS d ON d.clinician = c.clinician
WHERE c.fate IS NULL AND draw(key_of(r.event_key, r.panel), 'billed') < b.share

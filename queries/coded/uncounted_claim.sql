-- one row per claim line that is on file and does not count: denied, pending or reversed; a fill that was reversed and refilled by a claim that is pending is pending
SELECT person, source_row AS fact, claim_id, line_status AS status, received_date,
    service_start(claim_line_start_date, claim_start_date, admission_date) AS start_date
FROM valid.medical_claim
WHERE NOT stands(line_status, claim_status)
UNION ALL
-- A reversed fill went back to the shelf: alone it is no sign that the patient has the drug.
SELECT p.person, p.source_row, p.claim_id, CASE WHEN p.line_status = 'reversed' AND refill.person IS NOT NULL THEN 'pending' ELSE p.line_status END,
    p.received_date, p.dispensing_date
FROM valid.pharmacy_claim AS p
LEFT JOIN (
    SELECT person, ndc_code, max(dispensing_date) AS last_date FROM valid.pharmacy_claim WHERE line_status = 'pending' GROUP BY ALL
) AS refill ON refill.person = p.person AND refill.ndc_code = p.ndc_code AND refill.last_date >= p.dispensing_date
WHERE NOT stands(p.line_status, p.claim_status)

-- one row per claim line that is on file and does not count: denied, pending or reversed
SELECT person, source_row AS fact, claim_id, line_status AS status, received_date,
    service_start(claim_line_start_date, claim_start_date, admission_date) AS start_date
FROM valid.medical_claim
WHERE NOT stands(line_status, claim_status)

-- claim_lag: one row per payer, plan, month of service and days until the plan received the claim: lines (additive). For how long to wait for a claim
SELECT payer, plan, CAST(date_trunc('month', start_date) AS DATE) AS service_month, CAST(date_diff('day', start_date, received_date) AS INTEGER) AS lag_days,
    count(*) AS lines
FROM (
    SELECT payer, plan, received_date, service_start(claim_line_start_date, claim_start_date, admission_date) AS start_date
    FROM valid.medical_claim WHERE received_date IS NOT NULL
)
WHERE start_date <= $as_of AND start_date > CAST($as_of AS DATE) - INTERVAL 24 MONTH AND received_date BETWEEN start_date AND start_date + 400
GROUP BY ALL

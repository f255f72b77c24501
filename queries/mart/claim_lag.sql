-- claim_lag: one row per person, payer, plan and days until the plan received a claim line: lines. `learnt`: services of nine to twelve months ago, by which one
-- knows how long to wait for a claim; else of six to nine months ago, by which that is tested
-- sorted by person
-- per person
-- beside the cards
SELECT person, payer, plan, start_date < month - INTERVAL 9 MONTH AS learnt, CAST(date_diff('day', start_date, received_date) AS SMALLINT) AS lag_days,
    CAST(count(*) AS INTEGER) AS lines
FROM (
    SELECT person, payer, plan, received_date, service_start(claim_line_start_date, claim_start_date, admission_date) AS start_date,
        date_trunc('month', CAST($as_of AS DATE)) AS month
    FROM valid.medical_claim WHERE received_date IS NOT NULL
)
WHERE start_date >= month - INTERVAL 12 MONTH AND start_date < month - INTERVAL 6 MONTH AND received_date BETWEEN start_date AND start_date + 400
GROUP BY ALL

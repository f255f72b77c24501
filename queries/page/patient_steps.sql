-- Each fact found for the clauses of a patient's measures in one year, and the nearest misses
SELECT rate_id, unit, contract, clause, on_date, value, why, fact
FROM mart.gap_step
WHERE person = $person AND period = $year

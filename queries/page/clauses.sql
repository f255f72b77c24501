-- The clauses of every rate in the card's order, as the screen says them
SELECT rate_id, clause, role, text, codes, counts_days, days_share FROM mart.clause ORDER BY rate_id, clause

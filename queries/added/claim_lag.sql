-- rows of mart.claim_lag that stand, and those that new claims alone would give: as all claims together give them
SELECT person, payer, plan, learnt, lag_days, CAST(sum(lines) AS INTEGER) AS lines FROM either GROUP BY person, payer, plan, learnt, lag_days

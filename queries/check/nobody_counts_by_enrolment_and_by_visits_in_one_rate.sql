-- people who count in one rate both with a contract and without
SELECT rate_id, period, person
FROM result.measure_result
GROUP BY rate_id, period, person
HAVING bool_or(contract = 0) AND bool_or(contract <> 0)

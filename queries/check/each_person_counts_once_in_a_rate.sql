-- keys of a result that occur more than once
SELECT rate_id, period, person, unit, contract, stratum, count(*) AS times
FROM result.measure_result
GROUP BY rate_id, period, person, unit, contract, stratum
HAVING count(*) > 1

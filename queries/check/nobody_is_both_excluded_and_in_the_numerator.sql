-- result rows with more than one of exclusion, numerator and exception
SELECT rate_id, period, person, unit, contract
FROM result.measure_result
WHERE CAST(exclusion AS INTEGER) + CAST(numerator AS INTEGER) + CAST(exception AS INTEGER) > 1

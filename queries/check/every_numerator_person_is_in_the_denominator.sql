-- result rows whose numerator, exclusion or exception stands outside the denominator, or whose denominator stands outside the initial population
SELECT rate_id, period, person, unit, contract
FROM result.measure_result
WHERE (numerator OR exclusion OR exception) AND denominator IS NOT TRUE OR denominator AND initial_population IS NOT TRUE

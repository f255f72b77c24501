-- one row per rate, period, person, unit and contract of the initial population; an exclusion beats the numerator, the numerator beats an exception
SELECT rate_id, period, person, unit, unit_date, contract, stratum, met, last_day, share,
    initial_population,
    denominator,
    denominator AND exclusion AS exclusion,
    denominator AND NOT exclusion AND exception AND NOT numerator AS exception,
    denominator AND NOT exclusion AND numerator AS numerator,
    denominator AND NOT exclusion AND numerator AND numerator_exclusion AS numerator_exclusion
FROM evidence.subject
ORDER BY rate_id, person

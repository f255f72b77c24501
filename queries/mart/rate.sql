-- rate: counts per rate, period, contract and panel: additive, so that any roll-up is a sum
-- counts: units, initial_population, denominator, exclusion, exception, numerator
WITH attribution AS (
    SELECT DISTINCT person, panel_of(clinician_npi, practice_id, group_id) AS panel
    FROM coded.attribution
    WHERE $as_of BETWEEN start_date AND coalesce(end_date, DATE 'infinity')
)
SELECT rate_id, period, contract, coalesce(a.panel, panel_of(NULL, NULL, NULL)) AS panel,
       count(*) AS units, count(*) FILTER (r.initial_population) AS initial_population,
       count(*) FILTER (r.denominator) AS denominator,
       count(*) FILTER (r.exclusion) AS exclusion,
       count(*) FILTER (r.exception) AS exception,
       count(*) FILTER (counted_numerator(r.numerator, r.numerator_exclusion)) AS numerator
FROM result.measure_result AS r LEFT JOIN attribution AS a USING (person)
GROUP BY ALL

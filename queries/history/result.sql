-- result: one row per rate, period, person, unit and contract: what this build says, under names that outlive it: rate ids are given anew by each build
SELECT rate_key(measure_id, variant, rate) AS rate_key, r.period, r.person, coalesce(r.unit, 0) AS unit, r.contract,
    coalesce(r.denominator, false) AS denominator, coalesce(r.exclusion, false) AS exclusion, coalesce(r.exception, false) AS exception,
    coalesce(counted_numerator(r.numerator, r.numerator_exclusion), false) AS numerator, h.panel, s.panel_set
FROM result.measure_result AS r
JOIN reference.rate AS t USING (rate_id)
JOIN main_panel_of('coded.person', 'coded.attribution', $as_of) AS h USING (person)
JOIN panels_of('coded.person', 'coded.attribution', $as_of) AS s USING (person)

-- results: one row per measure, variant, rate, period, contract, person and unit. `contract` 0 counts people without enrolment data.
SELECT n.measure_id, n.variant, n.rate, r.period, r.contract, p.person_id, r.unit AS unit_id,
       r.initial_population, r.denominator, r.exclusion, r.exception, r.numerator, r.status,
       p.clinician_npi, p.practice_id, p.group_id, c.plan
FROM mart.measure_result AS r
JOIN mart.rate_name AS n USING (rate_id)
JOIN mart.counted_person AS p USING (person)
LEFT JOIN mart.contract AS c USING (contract)
ORDER BY n.measure_id, n.variant, n.rate, r.period, p.person_id, r.contract, r.unit

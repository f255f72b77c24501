-- people with a result who are not known, or wait for their enrolment
SELECT DISTINCT r.person
FROM result.measure_result AS r LEFT JOIN coded.person AS p USING (person)
WHERE p.person IS NULL OR p.held

-- What was answered of a patient's gaps since this version was built
SELECT a.measure_id, a.period, a.unit, a.answered
FROM (SELECT unnest(CAST($answers AS STRUCT(measure_id VARCHAR, person INTEGER, period SMALLINT, unit BIGINT, answer_id INTEGER, kind VARCHAR, answered BOOLEAN)[])) AS a)
WHERE a.person = $person

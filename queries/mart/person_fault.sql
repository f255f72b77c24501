-- person_fault: one row per source and fault of identity: how many people it concerns, of how many that the source told of first
-- counts: people, of_people
WITH attributed AS (
    SELECT DISTINCT person FROM coded.attribution WHERE $as_of BETWEEN start_date AND coalesce(end_date, DATE 'infinity')
),
person AS (
    SELECT data_source, coalesce(held, false) AS held, NOT coalesce(has_coverage, false) AS uncovered, a.person IS NULL AS unattributed
    FROM coded.person LEFT JOIN attributed AS a USING (person)
)
SELECT data_source, fault, count(*) FILTER (concerned) AS people, count(*) AS of_people
FROM (
    SELECT data_source, 'held' AS fault, held AS concerned FROM person
    UNION ALL SELECT data_source, 'no clinician', unattributed AND NOT held FROM person
    UNION ALL SELECT data_source, 'no enrolment', uncovered AND NOT held FROM person
)
GROUP BY data_source, fault

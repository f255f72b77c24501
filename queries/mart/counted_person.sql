-- counted_person: one row per person with a result: the id that the extract gave, and whose patient it is on the day
-- per person
WITH counted AS (
    SELECT DISTINCT person FROM result.measure_result
),
attribution AS (
    SELECT DISTINCT ON (person) person, clinician_npi, practice_id, group_id
    FROM coded.attribution
    WHERE $as_of BETWEEN coalesce(start_date, DATE '-infinity') AND coalesce(end_date, DATE 'infinity')
    ORDER BY person, start_date DESC, clinician_npi
)
SELECT person, p.person_id, p.data_source, clinician_npi, practice_id, group_id
FROM counted JOIN coded.person AS p USING (person) LEFT JOIN attribution USING (person)

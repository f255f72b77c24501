-- clinician: one row a panel, that is a clinician in a practice of a group, with the number of people on today's work list
-- whole
WITH attribution AS (
    SELECT DISTINCT person, clinician_npi, practice_id, group_id
    FROM coded.attribution
    WHERE $as_of BETWEEN start_date AND coalesce(end_date, DATE 'infinity')
),
people AS (
    SELECT clinician_npi, practice_id, group_id, count(*) AS people FROM attribution GROUP BY ALL
),
name AS (
    SELECT npi, any_value(name ORDER BY start_date DESC, name) AS name, any_value(specialty ORDER BY start_date DESC, specialty) AS specialty
    FROM coded.clinician GROUP BY npi
)
SELECT panel_of(clinician_npi, practice_id, group_id) AS panel, clinician_npi, practice_id, group_id, name.name, name.specialty, people
FROM people LEFT JOIN name ON name.npi = clinician_npi
UNION ALL BY NAME
-- Clinicians without anyone still show, with 0.
SELECT DISTINCT ON (npi, practice_id, group_id)
       panel_of(npi, practice_id, group_id) AS panel, npi AS clinician_npi, practice_id, group_id, name, specialty, 0 AS people
FROM coded.clinician AS c
WHERE $as_of BETWEEN coalesce(start_date, DATE '-infinity') AND coalesce(end_date, DATE 'infinity')
  AND NOT EXISTS (FROM people AS p WHERE panel_of(p.clinician_npi, p.practice_id, p.group_id) = panel_of(c.npi, c.practice_id, c.group_id))
UNION ALL BY NAME
SELECT panel_of(NULL, NULL, NULL) AS panel, count(*) AS people
FROM coded.person ANTI JOIN attribution USING (person)
HAVING count(*) > 0

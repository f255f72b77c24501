-- people on a work list who died by as_of or wait for their enrolment
SELECT w.panel, w.person
FROM mart.panel AS w LEFT JOIN coded.person AS p USING (person)
WHERE p.person IS NULL OR p.held OR p.death_date <= $as_of

-- What cohorts may ask of one of the viewer's people, and when it was last told of. One plain reading: which of it are conditions is known to
-- dashboard/patient_facts.py, and joining their names takes longer than the rows
SELECT fact, on_date FROM mart.person_fact WHERE person = $person

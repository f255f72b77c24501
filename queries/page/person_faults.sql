-- People who cannot be counted, or not in full, per source: without identity, without clinician, without enrolment
SELECT data_source, fault, people, of_people FROM mart.person_fault ORDER BY fault, data_source

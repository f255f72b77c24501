-- one row per person whose enrolment has begun: enrolment-based variants count them, visit-based ones count everybody else
SELECT DISTINCT person
FROM extract.eligibility ANTI JOIN (SELECT source_row FROM extract.set_aside WHERE table_name = 'eligibility') AS aside USING (source_row)
WHERE coalesce(enrollment_start_date, first_of_month(year_month)) <= CAST($as_of AS DATE)

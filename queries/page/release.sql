-- What the served version is as of: one row
SELECT as_of, period_start, period_end, people, held_people FROM mart.release

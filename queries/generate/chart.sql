-- one row a person with any illness: all of them, oldest first.
SELECT id, list({onset_date: onset_date, code: code} ORDER BY onset_date, code) AS problems
FROM generate.illness_of_person
GROUP BY id

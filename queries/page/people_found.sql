-- People by part of their name, a birth date or an id, for the search of the top bar; total counts all that fit
WITH changed AS (
    SELECT c.* FROM (SELECT unnest(CAST($changed AS STRUCT(person INTEGER, open_gaps BIGINT, due_this_month BIGINT, likely_gaps BIGINT, top_harm SMALLINT,
        first_last_day DATE, due_titles VARCHAR[])[])) AS c)
),
found AS (
    SELECT DISTINCT ON (person) p.person, first_name, last_name, birth_date, age, sex, CASE WHEN c.person IS NULL THEN p.open_gaps ELSE c.open_gaps END AS open_gaps
    FROM mart.panel AS p LEFT JOIN changed AS c USING (person)
    WHERE panel IN (SELECT unnest($panels))
      AND (contains(search_name, $search) OR birth_date = TRY_CAST($search AS DATE) OR lower(person_id) = $search OR lower(medical_record_number) = $search)
)
SELECT *, count(*) OVER () AS total FROM found ORDER BY last_name, first_name, birth_date, person LIMIT $page_size

-- People by part of their name, a birth date or an id, for the search of the top bar; total counts all that fit
WITH found AS (
    SELECT DISTINCT ON (person) person, first_name, last_name, birth_date, age, sex, open_gaps
    FROM mart.panel
    WHERE panel IN (SELECT unnest($panels))
      AND (contains(search_name, $search) OR birth_date = TRY_CAST($search AS DATE) OR lower(person_id) = $search OR lower(medical_record_number) = $search)
)
SELECT *, count(*) OVER () AS total FROM found ORDER BY last_name, first_name, birth_date, person LIMIT $page_size

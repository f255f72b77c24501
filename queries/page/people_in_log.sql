-- Of the people $logged, who stand in the audit log, those with this id or part of a name: to find their rows, so nothing else of them is told
WITH found AS (
    SELECT DISTINCT ON (person) person, first_name, last_name, birth_date
    FROM mart.panel
    WHERE person IN (SELECT unnest(CAST($logged AS INTEGER[])))
      AND (contains(search_name, $search) OR lower(person_id) = $search OR lower(medical_record_number) = $search)
)
SELECT *, count(*) OVER () AS total FROM found ORDER BY last_name, first_name, birth_date, person LIMIT $page_size

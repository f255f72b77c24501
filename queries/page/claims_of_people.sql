-- One page of the claim lines behind claims_to_fix: $reason and $service ('' = any), most gaps first; $people: of a cohort only
WITH reach AS (
    SELECT DISTINCT panel_set FROM mart.panel_set WHERE panel IN (SELECT unnest($panels))
),
line AS (
    SELECT person, fact, any_value(claim_id) AS claim_id, any_value(reason) AS reason, any_value(start_date) AS start_date, any_value(received_date) AS received_date,
        string_agg(DISTINCT service, ', ' ORDER BY service) AS service, count(DISTINCT (measure_id, unit)) AS gaps, string_agg(DISTINCT rate_title, ', ' ORDER BY rate_title) AS measures,
        any_value(file_no) AS file_no, any_value(row_number) AS row_number
    FROM mart.claim_to_fix JOIN reach USING (panel_set)
    WHERE ($contract IS NULL OR list_contains(contracts, $contract)) AND ($reason = '' OR reason = $reason) AND ($service = '' OR service = $service)
      AND ($people IS NULL OR person IN (SELECT unnest(CAST($people AS INTEGER[]))))
    GROUP BY person, fact
),
page AS (
    SELECT *, count(*) OVER () AS total FROM line
    ORDER BY gaps DESC, start_date DESC, person, fact LIMIT $page_size OFFSET $page_size * ($page - 1)
),
name AS (
    SELECT DISTINCT ON (person) person, first_name, last_name, birth_date
    FROM mart.panel WHERE panel IN (SELECT unnest($panels)) AND person IN (SELECT person FROM page)
)
SELECT p.person, p.claim_id, p.reason, p.start_date, p.received_date, p.service, p.gaps, p.measures, p.total, p.row_number, f.file_name, f.data_source,
    name.first_name, name.last_name, name.birth_date
FROM page AS p JOIN name USING (person) LEFT JOIN mart.file AS f USING (file_no)
ORDER BY p.gaps DESC, p.start_date DESC, p.person, p.fact

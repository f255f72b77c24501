-- one row per practitioner (its id or NPI): the first role
SELECT practitioner_id, first(organization_id ORDER BY row_number) AS organization_id, first(specialty ORDER BY row_number) AS specialty,
    first(start_day ORDER BY row_number) AS start_day, first(end_day ORDER BY row_number) AS end_day
FROM (
    SELECT row_number, coalesce(npi_in(practitioner), ref(scope, practitioner)) AS practitioner_id,
        coalesce(ref(scope, organization), scope || organization.identifier."value") AS organization_id, words_of(specialty[1]) AS specialty,
        day_of(period."start") AS start_day, day_of(period."end") AS end_day
    FROM resource
)
WHERE practitioner_id IS NOT NULL GROUP BY practitioner_id

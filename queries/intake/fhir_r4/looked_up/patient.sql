-- one row per person: what other resources need to know of the Patient
SELECT person_id, any_value(TRY_CAST(day_of(birthDate) AS DATE)) AS birth_day, any_value(gender) AS sex,
    any_value(coalesce(list_filter(name, lambda n: n."use" = 'official')[1], name[1]).given[1]) AS first_name,
    any_value(coalesce(list_filter(name, lambda n: n."use" = 'official')[1], name[1]).family) AS last_name
FROM resource WHERE person_id IS NOT NULL GROUP BY person_id

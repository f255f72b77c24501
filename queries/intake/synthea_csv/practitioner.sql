-- one row per provider
SELECT provider.row_number, provider.Id AS practitioner_id, split_part(provider.NAME, ' ', 1) AS first_name,
    regexp_extract(provider.NAME, '^\S+\s+(.*)$', 1) AS last_name, organization.NAME AS practice_affiliation, provider.ORGANIZATION AS practice_id,
    provider.SPECIALITY AS specialty
FROM arrived AS provider
LEFT JOIN (SELECT Id, any_value(NAME) AS NAME FROM sent.organizations GROUP BY Id) AS organization ON organization.Id = provider.ORGANIZATION

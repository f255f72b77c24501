-- one row per Practitioner, with the practice and specialty of the first PractitionerRole
SELECT row_number, scope || id AS practitioner_id, practitioner.npi, resource.name[1].given[1] AS first_name, resource.name[1].family AS last_name,
    organization.name AS practice_affiliation, organization.organization_id AS practice_id, organization.parent_id AS organization_id,
    coalesce(by_id.specialty, by_npi.specialty, words_of(qualification[1].code)) AS specialty,
    coalesce(by_id.start_day, by_npi.start_day) AS start_date, coalesce(by_id.end_day, by_npi.end_day) AS end_date,
    meta.lastUpdated AS source_updated_at
FROM resource
LEFT JOIN looked_up.practitioner ON practitioner.practitioner_id = scope || id
LEFT JOIN looked_up.role AS by_id ON by_id.practitioner_id = practitioner.practitioner_id
LEFT JOIN looked_up.role AS by_npi ON by_npi.practitioner_id = practitioner.npi
LEFT JOIN looked_up.organization ON organization.organization_id = coalesce(by_id.organization_id, by_npi.organization_id)

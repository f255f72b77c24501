-- one row per practice of a group: what it and its group are called, as the newest row says; NULL where no source sends a name
WITH sent AS (
    SELECT coalesce(practice_id, practice_tin) AS practice_id, organization_id AS group_id, practice_affiliation AS practice_name,
        NULL AS group_name, source_row
    FROM valid.practitioner
    UNION ALL
    SELECT coalesce(practice_id, practice_tin, custom_attributed_provider_practice, payer_attributed_provider_practice),
        coalesce(organization_id, custom_attributed_provider_organization, payer_attributed_provider_organization),
        coalesce(custom_attributed_provider_practice, payer_attributed_provider_practice),
        coalesce(custom_attributed_provider_organization, payer_attributed_provider_organization), source_row
    FROM valid.provider_attribution
)
SELECT practice_id, group_id, arg_max(practice_name, source_row) AS practice_name, arg_max(group_name, source_row) AS group_name
FROM sent
WHERE practice_id IS NOT NULL
GROUP BY practice_id, group_id

-- attribution span: person, plan, provider
-- view
SELECT
    person, source_row, person_id, member_id, payer, plan, year_month, attribution_start_date, attribution_end_date, payer_attributed_provider,
    payer_attributed_provider_practice, payer_attributed_provider_organization, custom_attributed_provider, custom_attributed_provider_practice,
    custom_attributed_provider_organization, provider_npi, practice_tin, practice_id, organization_id, lob, attribution_method, data_source, file_name
FROM extract.provider_attribution
WHERE broken_rule IS NULL

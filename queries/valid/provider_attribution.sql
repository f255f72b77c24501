-- attribution span: person, plan, provider
-- view
SELECT
    person, source_row, person_id, member_id, payer, plan, coalesce(attribution_start_date, first_of_month(year_month)) AS attribution_start_date,
    CASE WHEN attribution_start_date IS NULL THEN last_day(first_of_month(year_month)) ELSE known_end(attribution_end_date) END AS attribution_end_date,
    payer_attributed_provider, payer_attributed_provider_practice, payer_attributed_provider_organization, custom_attributed_provider,
    custom_attributed_provider_practice, custom_attributed_provider_organization, known_npi(provider_npi) AS provider_npi, practice_tin, practice_id,
    organization_id, lob, attribution_method, data_source, file_name
FROM extract.provider_attribution
ANTI JOIN (SELECT source_row FROM extract.set_aside WHERE table_name = 'provider_attribution') AS aside USING (source_row)

-- one row per Procedure
SELECT row_number, person_id, person_id AS patient_id, scope || id AS procedure_id, ref(scope, encounter) AS encounter_id,
    period_or_moment(performedPeriod, performedDateTime)."start" AS performed,
    period_or_moment(performedPeriod, performedDateTime)."end" AS performed_end,
    extension_of(extension, 'qicore-recorded').valueDateTime AS recorded, words_of(code) AS source_description,
    coalesce(npi_in(performer[1].actor), ref(scope, performer[1].actor)) AS practitioner_id, status,
    coalesce(status = 'not-done', FALSE) OR coalesce(profile_negates(meta), FALSE) AS not_done,
    list_concat(codings(statusReason), negation_reasons(extension)) AS status_reason_codes, codings_of_all(reasonCode) AS reason_codes,
    codings(code) AS codes, codings_of_all(bodySite) AS body_site_codes, code_values([category]) AS categories, profile_names(meta) AS profiles,
    meta.lastUpdated AS source_updated_at
FROM resource

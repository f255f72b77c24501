-- one row per ServiceRequest
SELECT row_number, person_id, scope || id AS service_order_id, ref(scope, encounter) AS encounter_id, authoredOn AS authored,
    coalesce(occurrenceDateTime, occurrencePeriod."start") AS occurrence, intent, coalesce(doNotPerform = 'true', FALSE) AS do_not_perform, status,
    coalesce(doNotPerform = 'true', FALSE) OR coalesce(profile_negates(meta), FALSE) OR coalesce(is_negated(modifierExtension), FALSE) AS not_done,
    negation_reasons(extension) AS status_reason_codes, codings_of_all(reasonCode) AS reason_codes, codings(code) AS codes,
    code_values(category) AS categories, profile_names(meta) AS profiles, coalesce(npi_in(requester), ref(scope, requester)) AS practitioner_id,
    meta.lastUpdated AS source_updated_at
FROM resource

-- one row per DeviceRequest
SELECT row_number, person_id, scope || id AS device_order_id, ref(scope, encounter) AS encounter_id, authoredOn AS authored, intent,
    coalesce(is_negated(modifierExtension), FALSE) AS do_not_perform, status,
    coalesce(is_negated(modifierExtension), FALSE) OR coalesce(profile_negates(meta), FALSE) AS not_done,
    negation_reasons(extension) AS status_reason_codes, codings_of_all(reasonCode) AS reason_codes, codings(codeCodeableConcept) AS codes,
    profile_names(meta) AS profiles, meta.lastUpdated AS source_updated_at
FROM resource

-- one row per Immunization
SELECT row_number, person_id, person_id AS patient_id, scope || id AS immunization_id, ref(scope, encounter) AS encounter_id,
    words_of(vaccineCode) AS source_description, status, first_code(statusReason) AS status_reason, occurrenceDateTime AS occurrence,
    doseQuantity."value" AS source_dose, lotNumber AS lot_number, first_code(site) AS body_site, first_code(route) AS route,
    ref(scope, location) AS location_id, coalesce(npi_in(performer[1].actor), ref(scope, performer[1].actor)) AS practitioner_id,
    coalesce(status = 'not-done', FALSE) OR coalesce(profile_negates(meta), FALSE) AS not_done,
    list_concat(codings(statusReason), negation_reasons(extension)) AS status_reason_codes, codings(vaccineCode) AS codes,
    profile_names(meta) AS profiles, meta.lastUpdated AS source_updated_at
FROM resource

-- one row per MedicationStatement
SELECT row_number, person_id, person_id AS patient_id, scope || resource.id AS medication_id, ref(scope, context) AS encounter_id,
    coalesce(period_or_moment(effectivePeriod, effectiveDateTime)."start", dateAsserted) AS dispensed,
    words_of(medicationCodeableConcept) AS source_description, 'statement' AS medication_kind, status,
    coalesce(status = 'not-taken', FALSE) OR coalesce(profile_negates(meta), FALSE) AS not_done,
    list_concat(codings_of_all(statusReason), negation_reasons(extension)) AS status_reason_codes, codings_of_all(reasonCode) AS reason_codes,
    drug_codings(medicationCodeableConcept, contained, medicationReference, drug.codes) AS codes, profile_names(meta) AS profiles,
    meta.lastUpdated AS source_updated_at
FROM resource
LEFT JOIN looked_up.drug ON drug.medication_id = ref(scope, medicationReference)

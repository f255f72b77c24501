-- one row per MedicationDispense
SELECT row_number, person_id, person_id AS patient_id, scope || resource.id AS medication_id, ref(scope, context) AS encounter_id,
    coalesce(whenHandedOver, whenPrepared) AS dispensed, words_of(medicationCodeableConcept) AS source_description,
    quantity."value" AS quantity, coalesce(quantity.code, quantity.unit) AS quantity_unit,
    CAST(trunc(coalesce(in_days(daysSupply), days_of_quantity(quantity, dosageInstruction[1]))) AS INTEGER) AS days_supply,
    coalesce(npi_in(performer[1].actor), ref(scope, performer[1].actor)) AS practitioner_id, 'dispense' AS medication_kind, status,
    coalesce(status = 'declined', FALSE) OR coalesce(profile_negates(meta), FALSE) AS not_done,
    list_concat(codings(statusReasonCodeableConcept), negation_reasons(extension)) AS status_reason_codes,
    drug_codings(medicationCodeableConcept, contained, medicationReference, drug.codes) AS codes, profile_names(meta) AS profiles,
    meta.lastUpdated AS source_updated_at
FROM resource
LEFT JOIN looked_up.drug ON drug.medication_id = ref(scope, medicationReference)

-- one row per MedicationRequest; its course runs from the start of the dosage (else the order) for the days of supply with all refills
SELECT row_number, person_id, scope || id AS medication_order_id, ref(scope, encounter) AS encounter_id, authoredOn AS authored, intent,
    coalesce(doNotPerform = 'true', FALSE) AS do_not_perform,
    CASE WHEN supply_days IS NOT NULL OR bounds."end" IS NOT NULL THEN day_of(course_begin) END AS course_start,
    CAST(trunc(supply_days) AS INTEGER) AS days_supply,
    CASE WHEN supply_days IS NOT NULL THEN later_day(course_begin, supply_days - 1) ELSE bounds."end" END AS course_end,
    bounds."start" AS bounds_start, bounds."end" AS bounds_end,
    dispenseRequest.quantity."value" AS quantity, coalesce(dispenseRequest.quantity.code, dispenseRequest.quantity.unit) AS quantity_unit,
    dispenseRequest.numberOfRepeatsAllowed AS refills, medicationReference.reference IS NOT NULL AS by_reference, status,
    coalesce(doNotPerform = 'true', FALSE) OR coalesce(profile_negates(meta), FALSE) OR coalesce(is_negated(modifierExtension), FALSE) AS not_done,
    list_concat(codings(statusReason), negation_reasons(extension)) AS status_reason_codes, codings_of_all(reasonCode) AS reason_codes,
    drug_codings(medicationCodeableConcept, contained, medicationReference, drug.codes) AS codes, code_values(category) AS categories,
    profile_names(meta) AS profiles, coalesce(npi_in(requester), ref(scope, requester)) AS practitioner_id, meta.lastUpdated AS source_updated_at
FROM (
    SELECT *, coalesce(bounds."start", authoredOn, dispenseRequest.validityPeriod."start") AS course_begin,
        coalesce(in_days(dispenseRequest.expectedSupplyDuration), days_of_quantity(dispenseRequest.quantity, dosageInstruction[1]))
            * (1 + coalesce(TRY_CAST(dispenseRequest.numberOfRepeatsAllowed AS INTEGER), 0)) AS supply_days
    FROM (SELECT *, merged_bounds(dosageInstruction) AS bounds FROM resource)
)
LEFT JOIN looked_up.drug ON drug.medication_id = ref(scope, medicationReference)

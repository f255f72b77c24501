-- one row per Observation
SELECT row_number, person_id, person_id AS patient_id, scope || id AS observation_id, CASE WHEN len(component) > 0 THEN scope || id END AS panel_id,
    ref(scope, encounter) AS encounter_id, coalesce(effectiveDateTime, effectiveInstant, effectivePeriod."start") AS observed,
    coalesce(effectiveDateTime, effectiveInstant, effectivePeriod."end") AS observed_end, issued, words_of(code) AS source_description,
    value_text(resource) AS result, value_number(resource) AS result_numeric, valueQuantity.comparator AS result_comparator,
    codings(valueCodeableConcept) AS result_codes, value_type(resource) AS result_type,
    coalesce(valueQuantity.code, valueQuantity.unit) AS units_ucum, valueQuantity.unit AS source_units,
    referenceRange[1].low."value" AS source_reference_range_low, referenceRange[1].high."value" AS source_reference_range_high,
    absence_of(resource) AS data_absent_reason, status,
    coalesce(is_negated(modifierExtension), FALSE) OR coalesce(profile_negates(meta), FALSE)
        OR (status = 'cancelled' AND len(negation_reasons(extension)) > 0) AS not_done,
    negation_reasons(extension) AS status_reason_codes, codings(code) AS codes, code_values(category) AS categories,
    profile_names(meta) AS profiles, FALSE AS is_component, meta.lastUpdated AS source_updated_at
FROM resource

-- one row per component of an Observation (blood pressure, questionnaire); it carries its panel's facts
SELECT row_number, least(place, 1023) AS sub, person_id, person_id AS patient_id, scope || id || '#' || place AS observation_id, scope || id AS panel_id,
    ref(scope, encounter) AS encounter_id, coalesce(effectiveDateTime, effectiveInstant, effectivePeriod."start") AS observed,
    coalesce(effectiveDateTime, effectiveInstant, effectivePeriod."end") AS observed_end, issued, words_of(part.code) AS source_description,
    value_text(part) AS result, value_number(part) AS result_numeric, part.valueQuantity.comparator AS result_comparator,
    codings(part.valueCodeableConcept) AS result_codes, value_type(part) AS result_type,
    coalesce(part.valueQuantity.code, part.valueQuantity.unit) AS units_ucum, part.valueQuantity.unit AS source_units,
    part.referenceRange[1].low."value" AS source_reference_range_low, part.referenceRange[1].high."value" AS source_reference_range_high,
    absence_of(part) AS data_absent_reason, status,
    coalesce(is_negated(modifierExtension), FALSE) OR coalesce(profile_negates(meta), FALSE) AS not_done,
    negation_reasons(extension) AS status_reason_codes, codings(part.code) AS codes, code_values(category) AS categories,
    profile_names(meta) AS profiles, TRUE AS is_component, meta.lastUpdated AS source_updated_at
FROM (SELECT * EXCLUDE (component), unnest(component) AS part, unnest(range(1, len(component) + 1)) AS place FROM resource)

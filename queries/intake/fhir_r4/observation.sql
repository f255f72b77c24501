-- one row per Observation and one per component of it (blood pressure, questionnaires); components carry their panel's facts
SELECT row_number, sub, person_id, person_id AS patient_id, scope || id || CASE WHEN sub > 0 THEN '#' || sub ELSE '' END AS observation_id,
    CASE WHEN has_components THEN scope || id END AS panel_id, ref(scope, encounter) AS encounter_id, effective."start" AS observed,
    effective."end" AS observed_end, issued, words_of(part.code) AS source_description,
    coalesce(part.valueQuantity."value", part.valueString, part.valueInteger, part.valueBoolean, words_of(part.valueCodeableConcept),
        first_code(part.valueCodeableConcept), part.valueDateTime, part.valueTime,
        part.valueRange.low."value" || '-' || part.valueRange.high."value",
        part.valueRatio.numerator."value" || ':' || part.valueRatio.denominator."value", part.valuePeriod."start") AS result,
    TRY_CAST(coalesce(part.valueQuantity."value", part.valueInteger) AS DOUBLE) AS result_numeric, part.valueQuantity.comparator AS result_comparator,
    codings(part.valueCodeableConcept) AS result_codes,
    CASE WHEN part.valueQuantity IS NOT NULL THEN 'quantity' WHEN part.valueCodeableConcept IS NOT NULL THEN 'coded'
        WHEN part.valueInteger IS NOT NULL THEN 'integer' WHEN part.valueString IS NOT NULL THEN 'text'
        WHEN part.valueBoolean IS NOT NULL THEN 'boolean' WHEN part.valueRange IS NOT NULL THEN 'range'
        WHEN part.valueRatio IS NOT NULL THEN 'ratio' WHEN part.valueDateTime IS NOT NULL THEN 'datetime'
        WHEN part.valueTime IS NOT NULL THEN 'time' WHEN part.valuePeriod IS NOT NULL THEN 'period' END AS result_type,
    coalesce(part.valueQuantity.code, part.valueQuantity.unit) AS units_ucum, part.valueQuantity.unit AS source_units,
    part.referenceRange[1].low."value" AS source_reference_range_low, part.referenceRange[1].high."value" AS source_reference_range_high,
    coalesce(first_code(part.dataAbsentReason), extension_of(part.dataAbsentReason.extension, 'data-absent-reason').valueCode) AS data_absent_reason,
    status,
    coalesce(is_negated(modifierExtension), FALSE) OR coalesce(profile_negates(meta), FALSE)
        OR (status = 'cancelled' AND len(negation_reasons(extension)) > 0) AS not_done,
    negation_reasons(extension) AS status_reason_codes, codings(part.code) AS codes, code_values(category) AS categories,
    profile_names(meta) AS profiles, sub > 0 AS is_component, meta.lastUpdated AS source_updated_at
FROM (
    SELECT * EXCLUDE (component, parts), unnest(parts) AS part, unnest(range(len(parts))) AS sub, len(parts) > 1 AS has_components
    FROM (
        SELECT *, period_or_moment(effectivePeriod, coalesce(effectiveDateTime, effectiveInstant)) AS effective,
            list_concat([{'code': code, 'valueQuantity': valueQuantity, 'valueCodeableConcept': valueCodeableConcept, 'valueString': valueString,
                'valueBoolean': valueBoolean, 'valueInteger': valueInteger, 'valueRange': valueRange, 'valueRatio': valueRatio,
                'valueTime': valueTime, 'valueDateTime': valueDateTime, 'valuePeriod': valuePeriod, 'dataAbsentReason': dataAbsentReason,
                'referenceRange': referenceRange}], component) AS parts
        FROM resource
    )
)

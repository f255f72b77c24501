-- observation or component of one
-- view
SELECT
    person, source_row, observation_id, panel_id, person_id, patient_id, encounter_id, observation_date, observed_instant, observed_offset_minutes,
    observed_precision, observed_end_date, observed_end_instant, observed_end_offset_minutes, observed_end_precision, issued_date, issued_instant,
    issued_offset_minutes, issued_precision, observation_type, source_code_type, source_code, source_description, normalized_code_type,
    normalized_code, normalized_description, result, result_number(result, result_numeric, result_type) AS result_numeric,
    comparator_of(result, result_comparator, result_type) AS result_comparator, normal_codes(result_codes) AS result_codes, result_type,
    unit_of(result, coalesce(units_ucum, normalized_units, source_units), result_type) AS units_ucum, data_absent_reason, source_units,
    normalized_units, source_reference_range_low, source_reference_range_high, status, not_done,
    normal_codes(status_reason_codes) AS status_reason_codes, normal_codes(reason_codes) AS reason_codes,
    all_codes(codes, sent_system, source_code, normalized_code_type, normalized_code) AS codes,
    codes AS sent_codes, categories, profiles, is_component,
    record_source, audit_status, psv_date, data_source, file_name
FROM (SELECT *, normal_system(source_code_type) AS sent_system FROM extract.observation)
ANTI JOIN (SELECT source_row FROM extract.set_aside WHERE table_name = 'observation') AS aside USING (source_row)

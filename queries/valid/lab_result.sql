-- lab result component
-- view
SELECT
    person, source_row, lab_result_id, person_id, patient_id, encounter_id, accession_number, source_order_code_type, source_order_code,
    source_order_description, source_component_code_type, source_component_code, source_component_description, normalized_order_code_type,
    normalized_order_code, normalized_order_description, normalized_component_code_type, normalized_component_code, normalized_component_description,
    coalesce(lower(trim(status)), 'final') AS status, CASE WHEN NOT says_nothing(result) THEN result END AS result,
    result_number(result, result_numeric, result_type) AS result_numeric, comparator_of(result, result_comparator, result_type) AS result_comparator,
    normal_codes(result_codes) AS result_codes, result_type,
    unit_of(result, coalesce(units_ucum, normalized_units, source_units), result_type) AS units_ucum, data_absent_reason, result_datetime,
    coalesce(collection_datetime, result_datetime) AS collection_datetime, source_units, normalized_units, source_reference_range_low,
    source_reference_range_high, source_abnormal_flag, specimen, ordering_practitioner_id,
    all_codes(codes, sent_system, source_component_code, normalized_component_code_type, normalized_component_code) AS codes,
    codes AS sent_codes,
    record_source, audit_status, psv_date, data_source, file_name
FROM (SELECT *, normal_system(source_component_code_type) AS sent_system FROM extract.lab_result)
ANTI JOIN (SELECT source_row FROM extract.set_aside WHERE table_name = 'lab_result') AS aside USING (source_row)

-- procedure
-- view
SELECT
    person, source_row, procedure_id, person_id, patient_id, encounter_id, claim_id, procedure_date, performed_instant, performed_offset_minutes,
    performed_precision, performed_end_date, performed_end_instant, performed_end_offset_minutes, performed_end_precision, recorded_date,
    recorded_instant, recorded_offset_minutes, recorded_precision, source_code_type, source_code, source_description, normalized_code_type,
    normalized_code, normalized_description, modifier_1, modifier_2, modifier_3, modifier_4, modifier_5, practitioner_id, status, not_done,
    normal_codes(status_reason_codes) AS status_reason_codes, normal_codes(reason_codes) AS reason_codes,
    all_codes(codes, sent_system, source_code, normalized_code_type, normalized_code) AS codes,
    codes AS sent_codes, normal_codes(body_site_codes) AS body_site_codes,
    categories, profiles, record_source, audit_status, psv_date, data_source, file_name
FROM (SELECT *, normal_system(source_code_type) AS sent_system FROM extract.procedure)
ANTI JOIN (SELECT source_row FROM extract.set_aside WHERE table_name = 'procedure') AS aside USING (source_row)

-- condition (problem or diagnosis)
-- view
SELECT
    person, source_row, condition_id, payer, person_id, patient_id, encounter_id, claim_id, recorded_date, recorded_instant, recorded_offset_minutes,
    recorded_precision, onset_date, onset_instant, onset_offset_minutes, onset_precision, onset_end_date, onset_end_instant, onset_end_offset_minutes,
    onset_end_precision, resolved_date, abatement_instant, abatement_offset_minutes, abatement_precision, abatement_unknown, status, condition_type,
    source_code_type, source_code, source_description, normalized_code_type, normalized_code, normalized_description, condition_rank,
    present_on_admit_code, clinical_status, verification_status, categories,
    all_codes(codes, sent_system, source_code, normalized_code_type, normalized_code) AS codes,
    codes AS sent_codes, normal_codes(body_site_codes) AS body_site_codes,
    normal_codes(severity_codes) AS severity_codes, profiles, record_source, audit_status, psv_date, data_source, file_name
FROM (SELECT *, normal_system(source_code_type) AS sent_system FROM extract.condition)
ANTI JOIN (SELECT source_row FROM extract.set_aside WHERE table_name = 'condition') AS aside USING (source_row)

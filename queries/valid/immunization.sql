-- immunization
-- view
SELECT
    person, source_row, immunization_id, person_id, patient_id, encounter_id, source_code_type, source_code, source_description, normalized_code_type,
    normalized_code, normalized_description, status, status_reason, occurrence_date, occurrence_instant, occurrence_offset_minutes,
    occurrence_precision, source_dose, normalized_dose, lot_number, body_site, route, location_id, practitioner_id, not_done,
    normal_codes(status_reason_codes) AS status_reason_codes,
    all_codes(codes, sent_system, source_code, normalized_code_type, normalized_code) AS codes,
    codes AS sent_codes, profiles, record_source, audit_status, psv_date,
    data_source, file_name
FROM (SELECT *, normal_system(source_code_type) AS sent_system FROM extract.immunization)
ANTI JOIN (SELECT source_row FROM extract.set_aside WHERE table_name = 'immunization') AS aside USING (source_row)

-- encounter
-- view
SELECT
    person, source_row, encounter_id, person_id, patient_id, encounter_type, encounter_start_date, encounter_start_instant,
    encounter_start_offset_minutes, encounter_start_precision, encounter_end_date, encounter_end_instant, encounter_end_offset_minutes,
    encounter_end_precision, length_of_stay, admit_source_code, admit_type_code, place_code(discharge_disposition_code) AS discharge_disposition_code,
    attending_provider_id, facility_id, facility_name, normal_system(primary_diagnosis_code_type) AS primary_diagnosis_code_type,
    icd_code(primary_diagnosis_code) AS primary_diagnosis_code, drg_code_type, padded(drg_code, 3) AS drg_code, paid_amount, allowed_amount, status,
    encounter_class, normal_codes(codes) AS codes, normal_codes(reason_codes) AS reason_codes,
    normal_codes(discharge_disposition_codes) AS discharge_disposition_codes, diagnoses, location_ids, known_npi(provider_npi) AS provider_npi,
    profiles, data_source, file_name
FROM extract.encounter
ANTI JOIN (SELECT source_row FROM extract.set_aside WHERE table_name = 'encounter') AS aside USING (source_row)

-- admission, discharge or transfer message
-- view
SELECT
    person, source_row, message_control_id, person_id, event_type, event_datetime, visit_number, patient_class, admit_datetime, discharge_datetime,
    place_code(discharge_disposition_code) AS discharge_disposition_code, facility_id, known_npi(attending_npi) AS attending_npi,
    icd_code(diagnosis_code) AS diagnosis_code, data_source, file_name
FROM extract.adt_event
ANTI JOIN (SELECT source_row FROM extract.set_aside WHERE table_name = 'adt_event') AS aside USING (source_row)

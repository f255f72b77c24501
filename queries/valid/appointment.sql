-- appointment
-- view
SELECT
    person, source_row, appointment_id, person_id, patient_id, encounter_id, start_datetime, end_datetime, duration, location_id, practitioner_id,
    source_appointment_type_code_type, source_appointment_type_code, source_appointment_type_description, status, reason, cancellation_reason,
    data_source, file_name
FROM extract.appointment
ANTI JOIN (SELECT source_row FROM extract.set_aside WHERE table_name = 'appointment') AS aside USING (source_row)

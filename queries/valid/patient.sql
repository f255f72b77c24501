-- person and source
-- view
SELECT
    person, source_row, person_id, patient_id, first_name, middle_name, last_name, name_suffix, sex, race, ethnicity, birth_date, death_date,
    death_instant, death_flag, medicare_beneficiary_id, medical_record_number, state, zip_code, phone, us_core_sex, sex_at_birth, gender_identity,
    race_omb, ethnicity_omb, race_source, ethnicity_source, language_spoken, language_written, interpreter_needed, general_practitioner_id,
    data_source, file_name
FROM extract.patient
WHERE broken_rule IS NULL

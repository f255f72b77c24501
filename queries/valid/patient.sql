-- person and source
-- view
WITH race AS (SELECT sent, code FROM reference.omb WHERE kind = 'race'),
ethnicity AS (SELECT sent, code FROM reference.omb WHERE kind = 'ethnicity'),
mapped AS (
    -- Some sources send ethnicity in the field of race: the code says what it is.
    SELECT e.*, coalesce(o.code, r.code) AS omb_race, coalesce(p.code, h.code, x.code) AS omb_ethnicity
    FROM extract.patient AS e
    LEFT JOIN race AS o ON o.sent = lower(trim(e.race_omb)) LEFT JOIN race AS r ON r.sent = lower(trim(e.race))
    LEFT JOIN ethnicity AS p ON p.sent = lower(trim(e.ethnicity_omb)) LEFT JOIN ethnicity AS h ON h.sent = lower(trim(e.ethnicity))
    LEFT JOIN ethnicity AS x ON x.sent = lower(trim(e.race))
)
SELECT
    person, source_row, person_id, patient_id, first_name, middle_name, last_name, name_suffix, known_sex(sex) AS sex, race, ethnicity,
    known_birth_date(birth_date, file_date, ingest_datetime) AS birth_date, death_date, death_instant, death_flag, medicare_beneficiary_id,
    medical_record_number, state, zip_code, phone, us_core_sex, sex_at_birth, gender_identity, omb_race AS race_omb, omb_ethnicity AS ethnicity_omb,
    race_source, ethnicity_source, language_spoken, language_written, interpreter_needed, general_practitioner_id, data_source, file_name
FROM mapped
ANTI JOIN (SELECT source_row FROM extract.set_aside WHERE table_name = 'patient') AS aside USING (source_row)

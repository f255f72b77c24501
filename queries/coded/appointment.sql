-- one row per appointment, past and to come; times are local at the practice
WITH clinician AS (
    SELECT data_source, practitioner_id, coalesce(arg_max(npi, source_row), practitioner_id) AS npi
    FROM valid.practitioner GROUP BY data_source, practitioner_id
)
SELECT person, source_row AS fact, appointment_id, start_datetime AS start_at,
    coalesce(end_datetime, start_datetime + to_minutes(CAST(duration AS BIGINT))) AS end_at, lower(status) AS status,
    coalesce(c.npi, a.practitioner_id) AS clinician_npi, location_id, source_appointment_type_description AS appointment_type,
    key_of(data_source, encounter_id) AS encounter
FROM valid.appointment AS a LEFT JOIN clinician AS c USING (data_source, practitioner_id)

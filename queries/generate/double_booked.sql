-- one row an appointment that cannot be: a clinician's time is booked once, by whoever has the lowest id, so that a person's appointments do not
-- depend on how many people there are. $files: the files of all appointments.
WITH booked AS (
    SELECT DISTINCT appointment_id, person_id, practitioner_id, start_datetime FROM read_parquet($files)
)
SELECT appointment_id FROM booked
QUALIFY row_number() OVER (PARTITION BY practitioner_id, start_datetime ORDER BY person_id, appointment_id) > 1

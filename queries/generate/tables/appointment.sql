-- appointment: the last two weeks and the next six, on working days and today
WITH drawn AS (
    SELECT p.*, unnest([0, 1]) AS turn FROM generate.person AS p WHERE death_date IS NULL
),
placed AS (
    SELECT *, key_of(key_of(key, 'appointment'), turn) AS appointment_key,
        CAST($as_of + CASE WHEN turn = 0 THEN CAST(floor(43 * pow(draw(key_of(key, 'appointment'), 'ahead'), 1.5)) AS INTEGER) ELSE -1 - draw_days(key, 'ago', 14) END AS DATE) AS day
    FROM drawn
    WHERE draw(key_of(key_of(key, 'appointment'), turn), 'has') < CASE WHEN age >= 65 THEN 0.4 WHEN age >= 40 THEN 0.22 WHEN age < 3 THEN 0.35 ELSE 0.12 END
)
SELECT 'T' || lpad(to_hex(appointment_key), 16, '0') AS appointment_id, person_id,
    CAST(day AS TIMESTAMP) + to_minutes(480 + 20 * draw_days(appointment_key, 'time', 26)) AS start_datetime,
    CAST(day AS TIMESTAMP) + to_minutes(500 + 20 * draw_days(appointment_key, 'time', 26)) AS end_datetime, 20 AS duration,
    'LP' || lpad(CAST(c.practice AS VARCHAR), 2, '0') AS location_id, d.npi AS practitioner_id,
    CASE WHEN day >= $as_of THEN CASE WHEN draw(appointment_key, 'status') < 0.05 THEN 'cancelled' ELSE 'booked' END
        ELSE CASE WHEN draw(appointment_key, 'status') < 0.08 THEN 'noshow' ELSE 'fulfilled' END END AS status,
    'mso' AS data_source, CAST($as_of AS DATE) AS file_date
FROM placed
JOIN generate.clinician AS c ON c.clinician = placed.later_clinician
JOIN generate.clinician_npi AS d ON d.clinician = c.clinician
WHERE isodow(day) <= 5 OR day = $as_of

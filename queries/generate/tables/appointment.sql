-- appointment: the last two weeks and the next six, on days when clinics are open. Booked up to two months ahead; when its day is over the
-- clinic tells how it went.
WITH drawn AS (
    SELECT p.*, unnest([0, 1]) AS turn FROM generate.person AS p WHERE death_date IS NULL
),
placed AS (
    SELECT *, key_of(key_of(key, 'appointment'), turn) AS appointment_key,
        clinic_day(CASE WHEN turn = 0 THEN $as_of + CAST(floor(43 * pow(draw(key_of(key, 'appointment'), 'ahead'), 1.6)) AS INTEGER) ELSE $as_of - 1 - draw_days(key, 'ago', 14) END) AS day
    FROM drawn
    WHERE draw(key_of(key_of(key, 'appointment'), turn), 'has') < CASE WHEN age >= 65 THEN 0.44 WHEN age >= 40 THEN 0.26 WHEN age < 3 THEN 0.38 ELSE 0.15 END
),
known AS (
    SELECT *, unnest([{status: 'booked', known_date: least(day, $as_of) - draw_days(appointment_key, 'booked', 60)},
        {status: CASE WHEN draw(appointment_key, 'status') < 0.08 THEN 'noshow' ELSE 'fulfilled' END, known_date: day + 1},
        {status: CASE WHEN draw(appointment_key, 'status') > 0.95 THEN 'cancelled' END, known_date: least(day, $as_of) - 1}]) AS told
    FROM placed
),
sent AS (
    SELECT known.*, a.file_date, a.delivery
    FROM known
    JOIN generate.delivery AS a ON a.feed = 'Clinical exchange' AND told.known_date BETWEEN a.from_date AND a.to_date
    WHERE told.status IS NOT NULL AND (turn = 1 OR told.status NOT IN ('noshow', 'fulfilled')) AND (turn = 0 OR told.status <> 'cancelled')
    QUALIFY row_number() OVER (PARTITION BY appointment_key, a.delivery ORDER BY told.known_date DESC, told.status DESC) = 1
)
SELECT 'T' || lpad(to_hex(appointment_key), 16, '0') AS appointment_id, person_id,
    CAST(day AS TIMESTAMP) + to_minutes(480 + 20 * draw_days(appointment_key, 'time', 26)) AS start_datetime,
    CAST(day AS TIMESTAMP) + to_minutes(500 + 20 * draw_days(appointment_key, 'time', 26)) AS end_datetime, 20 AS duration,
    'LP' || lpad(CAST(c.practice AS VARCHAR), 2, '0') AS location_id, d.npi AS practitioner_id, told.status AS status,
    'mso' AS data_source, file_date, delivery
FROM sent
JOIN generate.clinician AS c ON c.clinician = sent.later_clinician
JOIN generate.clinician_npi AS d ON d.clinician = c.clinician

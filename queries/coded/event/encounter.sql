-- one row per encounter and concept; dates are its period: no end = open, no start = unknown
-- sorted by concept, person, start_date
-- long
-- large
WITH wanted AS (SELECT covered, code_system, code, concept FROM reference.wanted_code),
arrived AS (SELECT code_system, code, sent FROM valid.code WHERE table_name = 'encounter'),
-- An encounter is also an event of its class, where a value set wants the class.
record AS (
    SELECT * REPLACE (list_append(coalesce(codes, []), {'code_system': 'ActCode', 'code': encounter_class}) AS codes)
    FROM valid.encounter
),
coded AS (FROM with_concepts('record', 'wanted', 'arrived', 'valid.covered_person')),
encounter AS (
    SELECT concept, person, source_row AS fact, key_of(data_source, encounter_id) AS encounter,
        -- Sources that send no status send encounters that happened.
        coalesce(status, 'finished') AS status,
        clock_day($clock, encounter_start_date, encounter_start_instant) AS start_date,
        CASE WHEN encounter_end_date IS NOT NULL OR encounter_end_instant IS NOT NULL
            THEN last_day_of(clock_day($clock, encounter_end_date, encounter_end_instant), encounter_end_precision)
            WHEN encounter_start_date IS NOT NULL THEN DATE 'infinity' END AS end_date,
        encounter_start_instant AS start_at,
        CASE WHEN encounter_end_date IS NOT NULL OR encounter_end_instant IS NOT NULL THEN encounter_end_instant
            WHEN encounter_start_date IS NOT NULL THEN TIMESTAMP 'infinity' END AS end_at
    FROM coded
)
SELECT DISTINCT concept, person, fact,
    kind('encounter')
        | kind_if('encounter_begun', status IN ('finished', 'arrived', 'triaged', 'in-progress', 'onleave'))
        | kind_if('encounter_finished', status = 'finished') | kind_if('done', status = 'finished')
        | kind_if('verified', status NOT IN ('cancelled', 'entered-in-error', 'unknown')) AS kinds,
    start_date, end_date, start_at, end_at, encounter
FROM encounter
WHERE start_date IS NULL OR start_date <= CAST($as_of AS DATE)

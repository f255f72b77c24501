-- one row per adverse event and concept; dates are the recorded moment
WITH wanted AS (SELECT covered, code_system, code, concept FROM reference.wanted_code),
arrived AS (SELECT code_system, code, sent FROM valid.code WHERE table_name = 'adverse_event'),
record AS (FROM valid.adverse_event),
found AS (FROM with_concepts('record', 'wanted', 'arrived', 'valid.covered_person')),
coded AS (FROM without_supplements('found', 'reference.population_concept')),
adverse_event AS (
    SELECT concept, person, source_row AS fact, key_of(data_source, encounter_id) AS encounter, kind('adverse_event') AS kinds,
        clock_day($clock, recorded_date, recorded_instant) AS start_date, start_date AS end_date, recorded_instant AS start_at,
        recorded_instant AS end_at
    FROM coded
)
SELECT DISTINCT concept, person, fact, kinds, start_date, end_date, start_at, end_at, encounter
FROM adverse_event
WHERE start_date IS NULL OR start_date <= CAST($as_of AS DATE)

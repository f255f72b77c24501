-- one row per immunization and concept, given (`immunization`) or recorded as not given (`not_done`); other statuses are neither
WITH wanted AS (SELECT covered, code_system, code, concept FROM reference.wanted_code),
arrived AS (SELECT code_system, code, sent FROM valid.code WHERE table_name = 'immunization'),
record AS NOT MATERIALIZED (FROM valid.immunization),
found AS (FROM with_concepts_as_sent('record', 'wanted', 'arrived', 'valid.covered_person')),
coded AS (FROM without_supplements('found', 'reference.population_concept')),
immunization AS (
    SELECT concept, person, source_row AS fact, key_of(data_source, encounter_id) AS encounter,
        CASE WHEN not_done OR status = 'not-done' THEN kind('not_done')
            WHEN coalesce(status, 'completed') = 'completed' THEN kind('immunization') | kind('done') END AS kinds,
        clock_day($clock, occurrence_date, occurrence_instant) AS start_date,
        last_day_of(start_date, occurrence_precision) AS end_date, occurrence_instant AS start_at, occurrence_instant AS end_at
    FROM coded
)
SELECT DISTINCT concept, person, fact, kinds, start_date, end_date, start_at, end_at, encounter
FROM immunization
WHERE kinds IS NOT NULL AND (start_date IS NULL OR start_date <= CAST($as_of AS DATE))

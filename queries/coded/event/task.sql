-- one row per task, concept and order that it fulfils (panel is that order's key); dates are its execution: no end = open
WITH wanted AS (SELECT covered, code_system, code, concept FROM reference.wanted_code),
arrived AS (SELECT code_system, code, sent FROM valid.code WHERE table_name = 'task'),
record AS (FROM valid.task),
found AS (FROM with_concepts('record', 'wanted', 'arrived', 'valid.covered_person')),
coded AS (FROM without_supplements('found', 'reference.population_concept')),
task AS (
    SELECT concept, person, source_row AS fact, key_of(data_source, encounter_id) AS encounter,
        CASE WHEN not_done THEN kind('not_done') ELSE kind('task') END | order_kinds(status, intent) AS kinds,
        data_source, unnest(CASE WHEN len(based_on_ids) > 0 THEN based_on_ids ELSE [NULL] END) AS order_id,
        clock_day($clock, executed_date, executed_instant) AS start_date,
        CASE WHEN executed_end_date IS NOT NULL OR executed_end_instant IS NOT NULL
            THEN last_day_of(clock_day($clock, executed_end_date, executed_end_instant), executed_end_precision)
            WHEN executed_date IS NOT NULL THEN DATE 'infinity' END AS end_date,
        executed_instant AS start_at,
        CASE WHEN end_date = DATE 'infinity' THEN TIMESTAMP 'infinity' ELSE executed_end_instant END AS end_at
    FROM coded
)
SELECT DISTINCT concept, person, fact, kinds, start_date, end_date, start_at, end_at, encounter, key_of(data_source, order_id) AS panel
FROM task
WHERE start_date IS NULL OR start_date <= CAST($as_of AS DATE)

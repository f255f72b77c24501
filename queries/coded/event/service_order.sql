-- one row per service ordered (or refused) and concept; dates are the authored moment, panel is the order's own key (tasks point to it)
WITH wanted AS (SELECT covered, code_system, code, concept FROM reference.wanted_code),
arrived AS (SELECT code_system, code, sent FROM valid.code WHERE table_name = 'service_order'),
record AS (FROM valid.service_order),
found AS (FROM with_concepts('record', 'wanted', 'arrived', 'valid.covered_person')),
coded AS (FROM without_supplements('found', 'reference.population_concept')),
service_order AS (
    SELECT concept, person, source_row AS fact, key_of(data_source, encounter_id) AS encounter, key_of(data_source, service_order_id) AS panel,
        order_kinds(status, intent)
            | CASE WHEN do_not_perform OR not_done THEN kind('not_requested') ELSE kind('ordered') END AS kinds,
        clock_day($clock, authored_date, authored_instant) AS start_date, start_date AS end_date, authored_instant AS start_at,
        authored_instant AS end_at
    FROM coded
)
SELECT DISTINCT concept, person, fact, kinds, start_date, end_date, start_at, end_at, encounter, panel
FROM service_order
WHERE start_date IS NULL OR start_date <= CAST($as_of AS DATE)

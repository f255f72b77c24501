-- one row per drug order, concept and facet: ordered (or not requested), its course, its bounds period, the quantity of a fill
WITH wanted AS (SELECT covered, code_system, code, concept FROM reference.wanted_code),
arrived AS (SELECT code_system, code, sent FROM valid.code WHERE table_name = 'medication_order'),
record AS (FROM valid.medication_order),
found AS (FROM with_concepts('record', 'wanted', 'arrived', 'valid.covered_person')),
coded AS (FROM without_supplements('found', 'reference.population_concept')),
medication_order AS (
    SELECT concept, person, source_row AS fact, key_of(data_source, encounter_id) AS encounter,
        coalesce(do_not_perform, FALSE) OR coalesce(not_done, FALSE) AS not_requested,
        order_kinds(status, intent) | kind('medication') | kind_if('by_reference', by_reference) | kind_if('refillable', refills >= 1) AS kinds,
        kind_if('not_requested_2024', profile_allows(profiles, ['qicore-mednotrequested']))
            | kind_if('not_requested_2025', profile_allows(profiles, ['qicore-medicationnotrequested'])) AS negation_kinds,
        clock_day($clock, authored_date, authored_instant) AS authored, authored_instant,
        clock_day($clock, course_start_date, course_start_instant) AS course_start,
        clock_day($clock, course_end_date, course_end_instant) AS course_end,
        clock_day($clock, bounds_start_date, bounds_start_instant) AS bounds_start, bounds_start_instant,
        clock_day($clock, bounds_end_date, bounds_end_instant) AS bounds_end, bounds_end_instant,
        CASE WHEN days_supply > 0 THEN days_supply END AS days_supply, quantity, quantity_unit
    FROM coded
),
course AS (
    SELECT concept, person, fact, encounter, kinds | kind('medication_course') AS kinds, course_start AS start_date,
        coalesce(course_start + days_supply - 1, course_end, bounds_end) AS end_date, days_supply AS value, days_supply AS value_high
    FROM medication_order WHERE NOT not_requested
),
facet AS (
    SELECT concept, person, fact, encounter, kinds | kind('ordered') AS kinds, authored AS start_date, authored AS end_date,
        authored_instant AS start_at, authored_instant AS end_at, days_supply AS value, days_supply AS value_high
    FROM medication_order WHERE NOT not_requested
    UNION ALL BY NAME
    -- Without an end no period can be computed, and tests on it fail.
    FROM course WHERE start_date <= end_date
    UNION ALL BY NAME
    SELECT concept, person, fact, encounter, kinds | kind('medication_bounds') AS kinds, bounds_start AS start_date,
        coalesce(bounds_end, DATE 'infinity') AS end_date, bounds_start_instant AS start_at,
        CASE WHEN bounds_end IS NULL THEN TIMESTAMP 'infinity' ELSE bounds_end_instant END AS end_at
    FROM medication_order WHERE NOT not_requested AND (bounds_start IS NOT NULL OR bounds_end IS NOT NULL)
    UNION ALL BY NAME
    SELECT concept, person, fact, encounter, kinds | kind('quantity') AS kinds, authored AS start_date, authored AS end_date,
        authored_instant AS start_at, authored_instant AS end_at, quantity AS value, quantity AS value_high, quantity_unit AS unit
    FROM medication_order WHERE NOT not_requested AND quantity IS NOT NULL
    UNION ALL BY NAME
    SELECT concept, person, fact, encounter, kinds | negation_kinds | kind('not_requested') AS kinds, authored AS start_date, authored AS end_date,
        authored_instant AS start_at, authored_instant AS end_at
    FROM medication_order WHERE not_requested
)
SELECT DISTINCT concept, person, fact, kinds, start_date, end_date, start_at, end_at, value, value_high, unit, encounter
FROM facet
WHERE start_date IS NULL OR start_date <= CAST($as_of AS DATE)

-- one row per observation (or component of one) and concept; one recorded as not done has its facets `not_done` and `not_done_issued` instead
WITH wanted AS (SELECT covered, code_system, code, concept FROM reference.wanted_code),
arrived AS (SELECT code_system, code, sent FROM valid.code WHERE table_name = 'observation'),
unit AS (SELECT from_unit, to_unit, concept, factor, shift FROM reference.unit),
concept AS (SELECT concept, name FROM reference.concept),
record AS NOT MATERIALIZED (FROM valid.observation),
found AS (FROM with_concepts_as_sent('record', 'wanted', 'arrived', 'valid.covered_person')),
coded AS (FROM without_supplements('found', 'reference.population_concept')),
observation AS (
    SELECT concept, person, source_row AS fact, key_of(data_source, encounter_id) AS encounter, key_of(data_source, panel_id) AS panel,
        coalesce(not_done, FALSE) AS not_done,
        -- Sources that send no status send final results.
        observation_kinds(coalesce(status, 'final'), categories, profiles) | value_kinds(result_type, result, result_numeric, result_codes)
            | kind_if('component', is_component) AS kinds,
        clock_day($clock, observation_date, observed_instant) AS start_date,
        CASE WHEN observed_end_date IS NOT NULL OR observed_end_instant IS NOT NULL
            THEN last_day_of(clock_day($clock, observed_end_date, observed_end_instant), coalesce(observed_end_precision, observed_precision))
            -- Tuva's observations have a day only; FHIR's open periods have a precision.
            WHEN observation_date IS NOT NULL AND observed_precision IS NULL THEN start_date
            WHEN observation_date IS NOT NULL THEN DATE 'infinity' END AS end_date,
        observed_instant AS start_at,
        CASE WHEN end_date = DATE 'infinity' THEN TIMESTAMP 'infinity' ELSE observed_end_instant END AS end_at,
        clock_day($clock, issued_date, issued_instant) AS issued, issued_instant,
        low_value(result_numeric, result_comparator) AS value, high_value(result_numeric, result_comparator) AS value_high,
        coalesce(units_ucum, normalized_units, source_units) AS unit
    FROM coded
),
facet AS (
    SELECT * EXCLUDE (not_done, issued, issued_instant) FROM observation WHERE NOT not_done
    UNION ALL BY NAME
    SELECT concept, person, fact, encounter, panel, kind('not_done') AS kinds, start_date, end_date, start_at, end_at FROM observation WHERE not_done
    UNION ALL BY NAME
    SELECT concept, person, fact, encounter, panel, kind('not_done_issued') AS kinds, issued AS start_date, issued AS end_date,
        issued_instant AS start_at, issued_instant AS end_at
    FROM observation WHERE not_done
),
event AS (
    SELECT DISTINCT concept, person, fact, kinds, start_date, end_date, start_at, end_at, value, value_high, unit, encounter, panel
    FROM facet
    WHERE start_date IS NULL OR start_date <= CAST($as_of AS DATE)
)
FROM in_concept_unit('event', 'unit', 'concept')

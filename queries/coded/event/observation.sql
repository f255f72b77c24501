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
-- What was not done has two facets. One pass makes all: rows asked for twice would first be written down.
facet AS (SELECT *, unnest(CASE WHEN not_done THEN [FALSE, TRUE] ELSE [FALSE] END) AS of_issue FROM observation),
event AS (
    SELECT DISTINCT concept, person, fact, CASE WHEN of_issue THEN kind('not_done_issued') WHEN not_done THEN kind('not_done') ELSE kinds END AS kinds,
        CASE WHEN of_issue THEN issued ELSE start_date END AS start_date, CASE WHEN of_issue THEN issued ELSE end_date END AS end_date,
        CASE WHEN of_issue THEN issued_instant ELSE start_at END AS start_at, CASE WHEN of_issue THEN issued_instant ELSE end_at END AS end_at,
        CASE WHEN NOT not_done THEN value END AS value, CASE WHEN NOT not_done THEN value_high END AS value_high,
        CASE WHEN NOT not_done THEN unit END AS unit, encounter, panel
    FROM facet
    WHERE CASE WHEN of_issue THEN issued ELSE start_date END IS NULL OR CASE WHEN of_issue THEN issued ELSE start_date END <= CAST($as_of AS DATE)
)
FROM in_concept_unit('event', 'unit', 'concept')

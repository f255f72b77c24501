-- one row per lab result component and concept; the day is the collection's, else the result's
WITH wanted AS (SELECT covered, code_system, code, concept FROM reference.wanted_code),
arrived AS (SELECT code_system, code, sent FROM valid.code WHERE table_name = 'lab_result'),
unit AS (SELECT from_unit, to_unit, concept, factor, shift FROM reference.unit),
concept AS (SELECT concept, name FROM reference.concept),
record AS NOT MATERIALIZED (
    SELECT *, source_component_code_type AS source_code_type, source_component_code AS source_code,
        normalized_component_code_type AS normalized_code_type, normalized_component_code AS normalized_code
    FROM valid.lab_result
),
found AS (FROM with_concepts_as_sent('record', 'wanted', 'arrived', 'valid.covered_person')),
coded AS (FROM without_supplements('found', 'reference.population_concept')),
lab_result AS (
    SELECT concept, person, source_row AS fact, key_of(data_source, encounter_id) AS encounter, key_of(data_source, accession_number) AS panel,
        observation_kinds(coalesce(status, 'final'), ['laboratory'], NULL) | value_kinds(result_type, result, result_numeric, result_codes) AS kinds,
        -- Lab feeds give local times without an offset: only the day is sure.
        CAST(coalesce(collection_datetime, result_datetime) AS DATE) AS start_date, start_date AS end_date,
        low_value(result_numeric, result_comparator) AS value, high_value(result_numeric, result_comparator) AS value_high,
        coalesce(units_ucum, normalized_units, source_units) AS unit
    FROM coded
),
event AS (
    SELECT DISTINCT concept, person, fact, kinds, start_date, end_date, value, value_high, unit, encounter, panel
    FROM lab_result
    WHERE start_date IS NULL OR start_date <= CAST($as_of AS DATE)
)
FROM in_concept_unit('event', 'unit', 'concept')

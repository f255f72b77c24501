-- one row per procedure and concept; one recorded as not done has its facets `not_done` and `not_done_issued` (recorded) instead
WITH wanted AS (SELECT covered, code_system, code, concept FROM reference.wanted_code),
arrived AS (SELECT code_system, code, sent FROM valid.code WHERE table_name = 'procedure'),
-- A code with such a modifier (CPT II) says that the service was not done.
negation AS (
    SELECT w.code FROM reference.value_set_code AS w JOIN reference.concept AS c USING (concept)
    WHERE c.name IN ('not_performed_modifier', 'performance_exclusion_modifier')
),
record AS NOT MATERIALIZED (FROM valid.procedure),
found AS (FROM with_concepts_as_sent('record', 'wanted', 'arrived', 'valid.covered_person')),
coded AS (FROM without_supplements('found', 'reference.population_concept')),
procedure AS (
    SELECT concept, person, source_row AS fact, key_of(data_source, encounter_id) AS encounter,
        coalesce(not_done, FALSE) OR coalesce(status, 'completed') = 'not-done'
            OR coalesce(list_has_any([modifier_1, modifier_2, modifier_3, modifier_4, modifier_5],
                (SELECT list(code) FROM negation)), FALSE) AS not_done,
        coalesce(status, 'completed') AS status,
        clock_day($clock, procedure_date, performed_instant) AS start_date,
        CASE WHEN performed_end_date IS NOT NULL OR performed_end_instant IS NOT NULL
            THEN last_day_of(clock_day($clock, performed_end_date, performed_end_instant), coalesce(performed_end_precision, performed_precision))
            -- Tuva's procedures have a day only; FHIR's open periods have a precision.
            WHEN procedure_date IS NOT NULL AND performed_precision IS NULL THEN start_date
            WHEN procedure_date IS NOT NULL THEN DATE 'infinity' END AS end_date,
        performed_instant AS start_at,
        CASE WHEN end_date = DATE 'infinity' THEN TIMESTAMP 'infinity' ELSE performed_end_instant END AS end_at,
        clock_day($clock, recorded_date, recorded_instant) AS recorded, recorded_instant
    FROM coded
),
facet AS (
    SELECT concept, person, fact, encounter, start_date, end_date, start_at, end_at,
        kind('procedure') | kind_if('procedure_completed', status = 'completed') | kind_if('done', status = 'completed')
            | kind_if('verified', status NOT IN ('entered-in-error', 'unknown')) AS kinds
    FROM procedure WHERE NOT not_done
    UNION ALL BY NAME
    SELECT concept, person, fact, encounter, start_date, end_date, start_at, end_at, kind('not_done') AS kinds FROM procedure WHERE not_done
    UNION ALL BY NAME
    SELECT concept, person, fact, encounter, recorded AS start_date, recorded AS end_date, recorded_instant AS start_at, recorded_instant AS end_at,
        kind('not_done_issued') AS kinds
    FROM procedure WHERE not_done
)
SELECT DISTINCT concept, person, fact, kinds, start_date, end_date, start_at, end_at, encounter
FROM facet
WHERE start_date IS NULL OR start_date <= CAST($as_of AS DATE)

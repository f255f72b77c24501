-- one row per condition and concept; dates are its prevalence, and, as facet `recorded`, the moment of its record
WITH wanted AS (SELECT covered, code_system, code, concept FROM reference.wanted_code),
arrived AS (SELECT code_system, code, sent FROM valid.code WHERE table_name = 'condition'),
record AS NOT MATERIALIZED (FROM valid.condition),
found AS (FROM with_concepts_as_sent('record', 'wanted', 'arrived', 'valid.covered_person')),
coded AS (FROM without_supplements('found', 'reference.population_concept')),
condition AS (
    SELECT concept, person, source_row AS fact, key_of(data_source, encounter_id) AS encounter,
        condition_kinds(clinical_status, verification_status, categories, profiles) AS kinds,
        -- Without FHIR's clinical status (Tuva) only the recorded day is sure: a diagnosis holds on it, a problem from it on.
        clinical_status IS NULL AND condition_type IS NOT NULL AS only_recorded,
        clinical_status IN ('active', 'recurrence', 'relapse') OR (only_recorded AND condition_type = 'problem') AS active,
        clock_day($clock, onset_date, onset_instant) AS onset, onset_instant,
        clock_day($clock, resolved_date, abatement_instant) AS abatement, abatement_instant, abatement_precision, abatement_unknown,
        clock_day($clock, recorded_date, recorded_instant) AS recorded, recorded_instant
    FROM coded
),
prevalence AS (
    SELECT concept, person, fact, encounter, kinds, recorded, recorded_instant,
        CASE WHEN onset IS NOT NULL THEN onset WHEN only_recorded AND recorded IS NOT NULL THEN recorded ELSE DATE '-infinity' END AS start_date,
        CASE WHEN onset IS NOT NULL THEN onset_instant WHEN only_recorded AND recorded IS NOT NULL THEN recorded_instant
            ELSE TIMESTAMP '-infinity' END AS start_at,
        CASE WHEN abatement_unknown THEN NULL
            WHEN abatement IS NOT NULL THEN last_day_of(abatement, abatement_precision)
            WHEN active THEN DATE 'infinity'
            WHEN only_recorded THEN coalesce(recorded, onset) END AS end_date,
        CASE WHEN abatement_unknown THEN NULL WHEN abatement IS NOT NULL THEN abatement_instant WHEN active THEN TIMESTAMP 'infinity' END AS end_at
    FROM condition
),
facet AS (
    SELECT concept, person, fact, encounter, kinds | kind('condition') AS kinds, start_date, end_date, start_at, end_at FROM prevalence
    UNION ALL
    SELECT concept, person, fact, encounter, kinds | kind('recorded') AS kinds, coalesce(recorded, start_date), coalesce(recorded, start_date),
        CASE WHEN recorded IS NOT NULL THEN recorded_instant ELSE start_at END, CASE WHEN recorded IS NOT NULL THEN recorded_instant ELSE start_at END
    FROM prevalence
)
SELECT DISTINCT concept, person, fact, kinds, start_date, end_date, start_at, end_at, encounter
FROM facet
WHERE start_date <= CAST($as_of AS DATE)

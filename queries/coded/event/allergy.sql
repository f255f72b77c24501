-- one row per allergy, concept and facet: onset to last occurrence (or open), and the onset interval alone
WITH wanted AS (SELECT covered, code_system, code, concept FROM reference.wanted_code),
arrived AS (SELECT code_system, code, sent FROM valid.code WHERE table_name = 'allergy'),
record AS (FROM valid.allergy),
found AS (FROM with_concepts('record', 'wanted', 'arrived', 'valid.covered_person')),
coded AS (FROM without_supplements('found', 'reference.population_concept')),
allergy AS (
    SELECT concept, person, source_row AS fact, key_of(data_source, encounter_id) AS encounter,
        kind_if('clinically_active', clinical_status IS NULL OR clinical_status = 'active') | kind_if('status_active', clinical_status = 'active')
            | kind_if('confirmed', verification_status = 'confirmed') | kind_if('not_refuted', verification_status IS DISTINCT FROM 'refuted')
            | kind_if('verified', verification_status IS NULL OR verification_status IN ('confirmed', 'unconfirmed', 'presumed'))
            | kind_if('not_doubted', coalesce(verification_status, '') NOT IN ('unconfirmed', 'refuted', 'entered-in-error')) AS kinds,
        clock_day($clock, onset_date, onset_instant) AS onset, onset_instant,
        clock_day($clock, onset_end_date, onset_end_instant) AS onset_end, onset_end_instant, onset_end_precision,
        clock_day($clock, last_occurrence_date, last_occurrence_instant) AS last_occurrence, last_occurrence_instant
    FROM coded
),
facet AS (
    SELECT concept, person, fact, encounter, kinds | kind('allergy') AS kinds, coalesce(onset, DATE '-infinity') AS start_date,
        coalesce(last_occurrence, DATE 'infinity') AS end_date,
        CASE WHEN onset IS NULL THEN TIMESTAMP '-infinity' ELSE onset_instant END AS start_at,
        CASE WHEN last_occurrence IS NULL THEN TIMESTAMP 'infinity' ELSE last_occurrence_instant END AS end_at
    FROM allergy
    UNION ALL BY NAME
    SELECT concept, person, fact, encounter, kinds | kind('onset') AS kinds, onset AS start_date,
        coalesce(last_day_of(onset_end, onset_end_precision), DATE 'infinity') AS end_date, onset_instant AS start_at,
        CASE WHEN onset_end IS NULL THEN TIMESTAMP 'infinity' ELSE onset_end_instant END AS end_at
    FROM allergy WHERE onset IS NOT NULL
)
SELECT DISTINCT concept, person, fact, kinds, start_date, end_date, start_at, end_at, encounter
FROM facet
WHERE start_date <= CAST($as_of AS DATE)

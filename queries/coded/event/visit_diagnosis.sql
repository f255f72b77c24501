-- one row per encounter, condition that the encounter links as its diagnosis, and concept; dates are the encounter's
WITH wanted AS (SELECT covered, code_system, code, concept FROM reference.wanted_code),
arrived AS (SELECT code_system, code, sent FROM valid.code WHERE table_name IN ('condition', 'encounter')),
link AS (
    SELECT person, data_source, encounter_id, unnest(diagnoses, recursive := true),
        clock_day($clock, encounter_start_date, encounter_start_instant) AS start_date,
        CASE WHEN encounter_end_date IS NOT NULL THEN clock_day($clock, encounter_end_date, encounter_end_instant)
            WHEN encounter_start_date IS NOT NULL THEN DATE 'infinity' END AS end_date,
        encounter_start_instant AS start_at,
        CASE WHEN end_date = DATE 'infinity' THEN TIMESTAMP 'infinity' ELSE encounter_end_instant END AS end_at
    FROM valid.encounter
),
record AS NOT MATERIALIZED (
    SELECT c.person, c.source_row AS fact, key_of(c.data_source, l.encounter_id) AS encounter, l.start_date, l.end_date, l.start_at, l.end_at,
        condition_kinds(clinical_status, verification_status, categories, profiles) | kind('visit_diagnosis')
            | kind_if('principal', l.rank = 1 AND l.use = 'billing') AS kinds,
        sent_codes, source_code_type, source_code, normalized_code_type, normalized_code, c.record_source
    FROM link AS l JOIN valid.condition AS c USING (person, data_source, condition_id)
    UNION ALL
    -- The one diagnosis that a Tuva encounter names: a condition of its own, with the encounter's dates.
    SELECT person, source_row, key_of(data_source, encounter_id), encounter_start_date, coalesce(encounter_end_date, encounter_start_date),
        NULL, NULL, condition_kinds(NULL, 'confirmed', ['encounter-diagnosis'], NULL) | kind('condition') | kind('recorded')
            | kind('visit_diagnosis') | kind('principal'), [], primary_diagnosis_code_type, primary_diagnosis_code, NULL, NULL, NULL
    FROM valid.encounter WHERE primary_diagnosis_code IS NOT NULL AND encounter_start_date IS NOT NULL
),
found AS (FROM with_concepts_as_sent('record', 'wanted', 'arrived', 'valid.covered_person')),
coded AS (FROM without_supplements('found', 'reference.population_concept'))
SELECT DISTINCT concept, person, fact, kinds, start_date, end_date, start_at, end_at, encounter
FROM coded
WHERE start_date IS NULL OR start_date <= CAST($as_of AS DATE)

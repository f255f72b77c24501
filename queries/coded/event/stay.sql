-- one row per person and inpatient stay: acute, nonacute, and either (an acute stay and the nonacute one that follows are one inpatient stay)
WITH wanted AS (SELECT code_system, code, concept FROM reference.value_set_code),
arrived AS (SELECT code_system, code, sent FROM valid.code WHERE table_name IN ('medical_claim', 'encounter')),
concept AS (SELECT concept, name FROM reference.concept),
named AS (SELECT c.name, m.code_system, m.code FROM concept_codes('wanted', 'arrived') AS m JOIN concept AS c USING (concept)),
medical_claim AS (FROM valid.medical_claim),
encounter AS (FROM valid.encounter),
segment AS (
    SELECT person, unnest([CASE WHEN acute THEN 'acute_stay' ELSE 'nonacute_stay' END, 'inpatient_stay']) AS part, start_date, end_date, source_row,
        is_open, discharge_disposition, encounter
    FROM stay_segments('medical_claim', 'encounter', 'named', $clock)
    WHERE start_date <= CAST($as_of AS DATE)
)
SELECT c.concept, s.person, s.fact, kind('stay') | kind('done') AS kinds, s.admit_date AS start_date, s.discharge_date AS end_date, s.encounter
FROM merged_stays('segment', CAST($as_of AS DATE)) AS s JOIN concept AS c ON c.name = s.part

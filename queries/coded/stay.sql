-- one row per person and inpatient stay, acute and nonacute apart: interim bills stitched, transfers joined
WITH wanted AS (SELECT code_system, code, concept FROM reference.value_set_code),
arrived AS (SELECT code_system, code, sent FROM valid.code WHERE table_name IN ('medical_claim', 'encounter')),
named AS (SELECT c.name, m.code_system, m.code FROM concept_codes('wanted', 'arrived') AS m JOIN reference.concept AS c USING (concept)),
medical_claim AS (FROM valid.medical_claim),
encounter AS (FROM valid.encounter),
segment AS (
    SELECT person, acute AS part, start_date, end_date, source_row, is_open, discharge_disposition, encounter
    FROM stay_segments('medical_claim', 'encounter', 'named', $clock)
    WHERE start_date <= CAST($as_of AS DATE)
)
SELECT person, CAST(hash(person, part, admit_date) >> 1 AS BIGINT) AS stay, admit_date, discharge_date, part AS acute,
    discharge_disposition, fact, encounter
FROM merged_stays('segment', CAST($as_of AS DATE))

-- result that is sent as LOINC, though its code is none, and that has no other code
WITH result AS NOT MATERIALIZED (
    SELECT 'lab_result' AS table_name, source_row, data_source, file_name, codes, source_component_code_type AS source_code_type,
        source_component_code AS source_code, normalized_component_code_type AS normalized_code_type, normalized_component_code AS normalized_code
    FROM extract.lab_result
    UNION ALL
    SELECT 'observation', source_row, data_source, file_name, codes, source_code_type, source_code, normalized_code_type, normalized_code
    FROM extract.observation
),
sent AS (
    SELECT source_code_type AS code_system, source_code AS code FROM result GROUP BY ALL
    UNION ALL SELECT normalized_code_type, normalized_code FROM result GROUP BY ALL
    UNION ALL SELECT codes[1].code_system, codes[1].code FROM result GROUP BY ALL
),
wrong AS MATERIALIZED (
    SELECT DISTINCT code FROM sent WHERE code IS NOT NULL AND normal_system(code_system) = 'LOINC' AND NOT is_loinc(plain(code))
),
-- Rows whose first code is wrong: a few, whose other codes are worth a look.
doubtful AS MATERIALIZED (
    FROM result ANTI JOIN extract.broken_row USING (source_row) WHERE coalesce(normalized_code, source_code, codes[1].code) IN (FROM wrong)
),
coding AS (
    SELECT table_name, source_row, data_source, file_name,
        unnest(all_codes(codes, normal_system(source_code_type), source_code, normalized_code_type, normalized_code), recursive := true)
    FROM doubtful
)
SELECT table_name, source_row, data_source, file_name, 'lab_88_not_loinc' AS rule, min(code) AS found
FROM coding
GROUP BY table_name, source_row, data_source, file_name
HAVING NOT bool_or(code_system IS DISTINCT FROM 'LOINC' OR is_loinc(code))

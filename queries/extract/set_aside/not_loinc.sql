-- result that is sent as LOINC, though its code is none, and that has no other code
WITH row AS NOT MATERIALIZED (
    SELECT 'lab_result' AS table_name, source_row, data_source, file_name,
        all_codes(codes, source_component_code_type, source_component_code, normalized_component_code_type, normalized_component_code) AS codes
    FROM extract.lab_result WHERE broken_rule IS NULL
    UNION ALL
    SELECT 'observation', source_row, data_source, file_name, all_codes(codes, source_code_type, source_code, normalized_code_type, normalized_code)
    FROM extract.observation WHERE broken_rule IS NULL
),
wrong AS MATERIALIZED (
    SELECT code FROM (SELECT DISTINCT unnest(codes, recursive := true) FROM row) WHERE code_system = 'LOINC' AND NOT is_loinc(code)
)
SELECT table_name, source_row, data_source, file_name, 'lab_88_not_loinc' AS rule, codes[1].code AS found
FROM row
WHERE codes[1].code IN (FROM wrong) AND len(list_filter(codes, lambda c: c.code_system <> 'LOINC')) = 0
    AND len(list_filter(codes, lambda c: is_loinc(c.code))) = 0

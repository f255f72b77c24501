-- code as sent: table, source, file, code system and code, with the number of rows and the first of them
WITH record AS (
    SELECT data_source, file_name, source_row, codes, source_component_code_type AS source_code_type, source_component_code AS source_code,
        normalized_component_code_type AS normalized_code_type, normalized_component_code AS normalized_code
    FROM extract.lab_result
)
SELECT 'lab_result' AS table_name, * FROM clinical_codes('record')

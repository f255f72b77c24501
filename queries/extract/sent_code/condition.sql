-- code as sent: table, source, file, code system and code, with the number of rows and the first of them
-- per file
WITH record AS (SELECT data_source, file_name, source_row, codes, source_code_type, source_code, normalized_code_type, normalized_code FROM extract.condition)
SELECT 'condition' AS table_name, * FROM clinical_codes('record')

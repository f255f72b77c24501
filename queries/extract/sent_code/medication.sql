-- code as sent: table, source, file, code system and code, with the number of rows and the first of them
WITH record AS (
    SELECT data_source, file_name, source_row, codes, source_code_type, source_code, 'RXNORM' AS normalized_code_type, rxnorm_code AS normalized_code FROM extract.medication
),
drug AS (SELECT data_source, file_name, source_row, 'NDC' AS code_system, ndc_code AS code FROM extract.medication)
SELECT 'medication' AS table_name, * FROM (FROM clinical_codes('record') UNION ALL FROM named_codes('drug'))

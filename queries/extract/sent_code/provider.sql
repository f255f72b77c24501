-- code as sent: table, source, file, code system and code, with the number of rows and the first of them
WITH
attribution AS (SELECT data_source, file_name, source_row, 'NPI' AS code_system, provider_npi AS code FROM extract.provider_attribution),
practitioner AS (SELECT data_source, file_name, source_row, 'NPI' AS code_system, npi AS code FROM extract.practitioner),
encounter AS (SELECT data_source, file_name, source_row, 'NPI' AS code_system, provider_npi AS code FROM extract.encounter)
SELECT 'provider_attribution' AS table_name, * FROM named_codes('attribution')
UNION ALL SELECT 'practitioner', * FROM named_codes('practitioner')
UNION ALL SELECT 'encounter', * FROM named_codes('encounter')

-- code as sent: table, source, file, code system and code, with the number of rows and the first of them
WITH record AS (SELECT data_source, file_name, source_row, codes FROM extract.pharmacy_claim),
drug AS (SELECT data_source, file_name, source_row, 'NDC' AS code_system, ndc_code AS code FROM extract.pharmacy_claim),
prescriber AS (SELECT data_source, file_name, source_row, 'NPI' AS code_system, prescribing_provider_npi AS code FROM extract.pharmacy_claim)
SELECT 'pharmacy_claim' AS table_name, * FROM (FROM listed_codes('record') UNION ALL FROM named_codes('drug') UNION ALL FROM named_codes('prescriber'))

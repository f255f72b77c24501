-- every code that arrives, per source, table and code system, in normal form, with the number of rows and the spellings in which it was sent
SELECT data_source, table_name, normal_system(code_system) AS code_system, normal_code(normal_system(code_system), code) AS code,
    CAST(sum(rows) AS BIGINT) AS rows, list(DISTINCT {'code_system': sent_code.code_system, 'code': sent_code.code}) AS sent
FROM extract.sent_code
WHERE code_system IS DISTINCT FROM 'NPI' AND code_system IS DISTINCT FROM 'MODIFIER' AND trim(code) <> ''
GROUP BY data_source, table_name, normal_system(code_system), normal_code(normal_system(code_system), code)

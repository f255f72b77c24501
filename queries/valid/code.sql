-- every code that arrives, per source, table and code system, in normal form, with the number of rows
SELECT data_source, table_name, normal_system(code_system) AS code_system, normal_code(normal_system(code_system), code) AS code,
    CAST(sum(rows) AS BIGINT) AS rows
FROM extract.sent_code
WHERE code_system IS DISTINCT FROM 'NPI' AND code_system IS DISTINCT FROM 'MODIFIER' AND trim(code) <> ''
GROUP BY ALL

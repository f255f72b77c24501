-- Codes that no measure looks for, per source, kind of file and code system: rows and different codes, of how many
SELECT data_source, table_name, code_system, CAST(row_count AS BIGINT) AS row_count, CAST(codes AS BIGINT) AS codes,
    CAST(unmapped_rows AS BIGINT) AS unmapped_rows, CAST(unmapped_codes AS BIGINT) AS unmapped_codes
FROM mart.unmapped ORDER BY unmapped_rows DESC, data_source, table_name, code_system

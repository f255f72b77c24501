-- unmapped: one row per source, table and code system: how many coded rows no value set wants, of how many
SELECT i.data_source, i.table_name, i.code_system, sum(i.rows) AS row_count, count(*) AS codes,
       coalesce(sum(i.rows) FILTER (w.code IS NULL), 0) AS unmapped_rows, count(*) FILTER (w.code IS NULL) AS unmapped_codes
FROM valid.code AS i
LEFT JOIN (SELECT DISTINCT code_system, code FROM reference.value_set_code) AS w ON w.code_system = i.code_system AND w.code = i.code
GROUP BY ALL

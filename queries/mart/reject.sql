-- reject: one row per source, table and rule: rows refused, with an example to look up
SELECT data_source, table_name, rule, any_value(wrong) AS wrong, any_value(cure) AS cure, count(*) AS row_count,
       any_value(file_name) AS file_name, min(row_number) AS first_row
FROM valid.reject GROUP BY ALL

-- Rows refused, by source, kind of file and rule, with what would cure them and where the first one stands
SELECT data_source, feed, table_name, rule, wrong, cure, CAST(row_count AS BIGINT) AS row_count, file_name, first_row
FROM mart.reject ORDER BY row_count DESC, data_source, table_name, rule

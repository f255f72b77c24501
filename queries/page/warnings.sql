-- Rows that were altered, held, replaced or are doubtful, by source, kind of file and rule, with what to do
SELECT data_source, feed, table_name, rule, wrong, cure, row_count, file_name, first_row
FROM mart.warning ORDER BY row_count DESC, data_source, table_name, rule, wrong

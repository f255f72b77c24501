-- Rows that were altered, held, replaced or are doubtful, by source, kind of file and rule, with what to do; what was replaced in the end, for it is the usual course
SELECT data_source, feed, table_name, rule, wrong, cure, outcome, row_count, file_name, first_row
FROM mart.warning ORDER BY outcome = 'replaced', row_count DESC, data_source, table_name, rule, wrong

-- reject: one row per source, feed, table and rule: rows refused, with an example to look up
-- whole
WITH file AS (
    SELECT data_source, table_name, file_name, any_value(feed ORDER BY file_no DESC) AS feed FROM extract.file GROUP BY ALL
)
SELECT r.data_source, f.feed, r.table_name, rule, any_value(wrong) AS wrong, any_value(cure) AS cure, count(*) AS row_count,
       arg_min(r.file_name, source_row) AS file_name, arg_min(row_number, source_row) AS first_row
FROM valid.reject AS r LEFT JOIN file AS f USING (data_source, table_name, file_name)
GROUP BY r.data_source, f.feed, r.table_name, rule

-- feed: one row per source, feed and table: last file, its rows, and how long after the usual time it is (NULL until three deliveries show what is usual)
-- whole
SELECT data_source, feed, table_name, count(*) AS deliveries, max(received_at) AS received_at, sum(row_count) AS row_count,
       CASE WHEN count(days_between) >= 2 THEN median(days_between) END AS usual_days
FROM deliveries_of('extract.file', 'extract.replaced_file') GROUP BY ALL

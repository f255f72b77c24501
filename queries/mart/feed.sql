-- feed: one row per source, feed and table: last file, its rows, and how long after the usual time it is (NULL until three deliveries show what is usual)
-- whole
WITH file AS (
    SELECT data_source, feed, table_name, delivery_no, received_at, row_count FROM extract.file
    UNION ALL
    -- What a full delivery replaced counts no more, but it came when it came.
    SELECT data_source, feed, table_name, delivery_no, received_at, 0 FROM extract.replaced_file
),
delivery AS (
    SELECT data_source, feed, table_name, delivery_no, min(received_at) AS received_at, sum(row_count) AS row_count FROM file GROUP BY ALL
),
spaced AS (
    SELECT *, date_diff('day', lag(received_at) OVER (PARTITION BY data_source, feed, table_name ORDER BY received_at), received_at) AS days_between
    FROM delivery
)
SELECT data_source, feed, table_name, count(*) AS deliveries, max(received_at) AS received_at, sum(row_count) AS row_count,
       CASE WHEN count(days_between) >= 2 THEN median(days_between) END AS usual_days
FROM spaced GROUP BY ALL

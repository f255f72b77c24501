-- Each feed of a source and kind of file: the newest delivery, its usual rhythm, how late it is by that rhythm (NULL = on time, or no rhythm known yet), rows refused
WITH refused AS (
    SELECT data_source, feed, table_name, sum(row_count) AS rejected_rows FROM mart.reject GROUP BY data_source, feed, table_name
)
SELECT f.data_source, f.feed, f.table_name, f.deliveries, f.received_at, CAST(f.row_count AS BIGINT) AS row_count, f.usual_days,
    date_diff('day', f.received_at, CAST(v.as_of AS TIMESTAMP)) AS age_days,
    nullif(greatest(0, date_diff('day', f.received_at, CAST(v.as_of AS TIMESTAMP)) - f.usual_days), 0) AS late_days,
    CAST(coalesce(r.rejected_rows, 0) AS BIGINT) AS rejected_rows
FROM mart.feed AS f CROSS JOIN mart.version AS v
LEFT JOIN refused AS r ON r.data_source = f.data_source AND r.feed = f.feed AND r.table_name = f.table_name
ORDER BY f.data_source, f.feed, f.table_name

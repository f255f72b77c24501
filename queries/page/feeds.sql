-- Each feed of a source: when its newest file came, and how many days late it is by its own habit (NULL = on time, or no habit known yet)
SELECT data_source, feed AS name, max(received_at) AS received_at, min(usual_days) AS usual_days, bool_or(table_name = 'appointment') AS sends_appointments,
       nullif(greatest(0, date_diff('day', max(received_at), any_value(as_of)) - min(usual_days)), 0) AS late_days
FROM mart.feed, mart.version GROUP BY data_source, feed ORDER BY data_source, feed

-- What is to be known of the points of a rate's trend, oldest first: another rule, a late feed (feed, days), computed afterwards
SELECT e.as_of, e.kind, e.feed, CAST(round(e.days) AS INTEGER) AS days
FROM mart.trend_event AS e LEFT JOIN mart.rate_name AS n USING (rate_id)
WHERE e.rate_id IS NULL OR n.slug = $rate
ORDER BY e.as_of, e.kind, e.days DESC, e.feed

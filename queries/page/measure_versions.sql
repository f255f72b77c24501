-- The measures that are counted, by variant: its release, where its facts come from, what is unconfirmed
SELECT measure_id, variant, min(title) AS title, any_value(release) AS release, any_value(source) AS source, any_value(unconfirmed) AS unconfirmed,
    count(*) AS rates
FROM mart.rate_name GROUP BY measure_id, variant ORDER BY measure_id, variant

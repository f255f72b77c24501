-- The public cut points of rates: a row per rate, product line ('' = any) and level, as a fraction, with the programme's year, the year that it measured, and the source
SELECT n.slug, b.product_line, b.level, b.value, b.programme, b.year, b.measurement_year, b.source
FROM mart.benchmark AS b JOIN mart.rate_name AS n USING (rate_id)
WHERE b.level IN ('3 stars', '4 stars', '5 stars')
ORDER BY n.slug, b.product_line, b.level

-- What the words of a cohort's line may be: languages of the viewer's people, measures that lists may show
SELECT 'language' AS fact, language AS word, CAST(NULL AS VARCHAR) AS title
FROM mart.panel WHERE panel IN (SELECT unnest($panels)) AND language IS NOT NULL
GROUP BY language
UNION ALL
SELECT 'gap', measure_id, arg_min(title, rate_id) FROM mart.rate_name WHERE NOT sensitive GROUP BY measure_id
ORDER BY ALL

-- risk_said: one row per kind of thing said of risk (tier, no tier, score, no score) and what of it: people of the published version
SELECT 'tier' AS of_what, tier AS said, count(*) AS people FROM mart.risk WHERE tier IS NOT NULL GROUP BY ALL
UNION ALL SELECT 'no tier', untiered, count(*) FROM mart.risk WHERE untiered IS NOT NULL AND tier IS NULL GROUP BY ALL
UNION ALL SELECT 'score', release, count(*) FROM mart.risk WHERE raw_score IS NOT NULL GROUP BY ALL
UNION ALL SELECT 'no score', reason, count(*) FROM (SELECT unnest(string_split(not_scoreable, '; ')) AS reason FROM mart.risk WHERE raw_score IS NULL AND is_medicare) GROUP BY ALL
UNION ALL SELECT 'score', rx_release, count(*) FROM mart.risk WHERE rx_score IS NOT NULL GROUP BY ALL
UNION ALL SELECT 'no rx score', reason, count(*) FROM (SELECT unnest(string_split(rx_not_scoreable, '; ')) AS reason FROM mart.risk WHERE rx_score IS NULL) GROUP BY ALL
ORDER BY of_what, people DESC, said

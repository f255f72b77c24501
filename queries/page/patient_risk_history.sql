-- What was said of a person's risk at the ends of earlier months, oldest first. $sensitive: sensitive services too
SELECT from_date, to_date, year_ago_date, tier, charlson, release, raw_score, rx_score, list_filter(factors, lambda x: $sensitive OR NOT x.sensitive) AS factors
FROM mart.risk_history WHERE person = $person ORDER BY from_date

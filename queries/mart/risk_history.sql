-- risk_history: one row per person and stretch of earlier months in which the same was said of the person's risk, as the last version of each month had it
-- sorted by person, from_date
-- per person
SELECT h.person, h.from_date, h.to_date, h.year_ago_date, h.tier, h.charlson, h.release, h.raw_score, h.rx_score,
    list_transform(h.factors, lambda x: {'factor': x.factor, 'coefficient': x.coefficient, 'sensitive': list_contains(s.factors, x.factor)}) AS factors
FROM history.past_risk AS h, (SELECT coalesce(list(DISTINCT factor), []) AS factors FROM reference.risk_factor_name WHERE sensitive) AS s

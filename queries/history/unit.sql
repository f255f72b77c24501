-- unit: one row per rate, period, plan key, person and unit: what this build counts it as, and why what is open is open: mart.measured and
-- mart.rate_count roll it up
-- long
WITH people AS (
    FROM panels_of('coded.person', 'coded.attribution', $as_of)
)
FROM measured_of('result.measure_result', 'reference.rate', 'coded.contract', 'result.nearest_miss', 'reference.clause', 'coded.uncounted_claim',
    'history.answer', 'people', $as_of)

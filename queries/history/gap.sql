-- gap: one row per measure, period, person and unit, with the newest answer and the evidence that came after it: mart.gap lists it, mart.panel and
-- mart.panel_count count it
-- long
FROM gap_of('result.measure_result', 'reference.rate', 'result.nearest_miss', 'reference.clause', 'coded.uncounted_claim', 'history.answer',
    $as_of)

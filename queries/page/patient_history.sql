-- What is known of a patient: a row a fact and concept of it, of a condition its last mention; $sensitive: sensitive services too
SELECT what, concept, start_date AS on_date, CASE WHEN what <> 'condition' AND isfinite(end_date) THEN end_date END AS end_date,
    -- '<5.7' is known by its upper bound only.
    CASE WHEN what = 'condition' THEN NULL WHEN isfinite(value) THEN value WHEN isfinite(value_high) THEN value_high END AS value,
    CASE WHEN what <> 'condition' THEN unit END AS unit, fact
FROM mart.event
WHERE person = $person AND what IS NOT NULL AND ($sensitive OR NOT sensitive)
QUALIFY what <> 'condition' OR row_number() OVER (PARTITION BY what, concept ORDER BY start_date DESC, fact DESC) = 1

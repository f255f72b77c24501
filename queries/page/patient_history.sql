-- What is known of a patient: a row a fact and concept of it; $sensitive: sensitive services too. One plain reading: of a condition's mentions
-- dashboard/patient_facts.py takes the last, since a window costs more than the rows
SELECT what, concept, start_date AS on_date, CASE WHEN what <> 'condition' AND isfinite(end_date) THEN end_date END AS end_date,
    -- '<5.7' is known by its upper bound only.
    CASE WHEN what = 'condition' THEN NULL WHEN isfinite(value) THEN value WHEN isfinite(value_high) THEN value_high END AS value,
    CASE WHEN what <> 'condition' THEN unit END AS unit, fact
FROM mart.event
WHERE person = $person AND what IS NOT NULL AND ($sensitive OR NOT sensitive)

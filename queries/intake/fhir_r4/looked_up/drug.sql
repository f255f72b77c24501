-- one row per Medication: its codes
SELECT scope || id AS medication_id, any_value(codings(code)) AS codes FROM resource WHERE id IS NOT NULL GROUP BY ALL

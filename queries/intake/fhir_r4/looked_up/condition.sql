-- one row per Condition: its codes, for claims that name their diagnoses by reference
SELECT scope || id AS condition_id, any_value(codings(code)) AS codes FROM resource WHERE id IS NOT NULL GROUP BY ALL

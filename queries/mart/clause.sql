-- clause: one row per rate and clause: the sentence of the card that the screen shows, and the procedure codes that meet it
-- whole
WITH code AS (
    SELECT concept, code FROM reference.value_set_code WHERE code_system IN ('HCPCS', 'CVX') AND code NOT LIKE '%*'
),
codes AS (
    SELECT rate_id, clause, list_sort(list(DISTINCT code)) AS codes
    FROM (SELECT rate_id, clause, unnest(concepts) AS concept FROM reference.clause WHERE role = 'numerator') JOIN code USING (concept)
    GROUP BY rate_id, clause
)
SELECT rate_id, clause, role, text, codes FROM reference.clause LEFT JOIN codes USING (rate_id, clause)

-- clause: one row per rate and clause: the sentence of the card that the screen shows, the procedure codes that meet it, and whether it asks for days covered (the
-- value of what meets it is their number), or for which share of days
-- whole
WITH code AS (
    SELECT concept, code FROM reference.value_set_code WHERE code_system IN ('HCPCS', 'CVX') AND code NOT LIKE '%*'
),
codes AS (
    SELECT rate_id, clause, list_sort(list(DISTINCT code)) AS codes
    FROM (SELECT rate_id, clause, unnest(concepts) AS concept FROM reference.clause WHERE role = 'numerator') JOIN code USING (concept)
    GROUP BY rate_id, clause
)
SELECT rate_id, clause, role, text, codes, coalesce(c.counts_days, FALSE) AS counts_days, days_share
FROM reference.clause AS c LEFT JOIN codes USING (rate_id, clause)

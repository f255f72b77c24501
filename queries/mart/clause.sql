-- clause: one row per rate and clause: the sentence of the card that the screen shows, the procedure codes that meet it, and what the value of a fact found for it is, where
-- it is no reading: days' supply of a drug; whether it asks for days covered: then what meets it has their number
-- whole
WITH code AS (
    SELECT concept, code FROM reference.value_set_code WHERE code_system IN ('HCPCS', 'CVX') AND code NOT LIKE '%*'
),
drug AS (SELECT DISTINCT concept FROM reference.value_set_code WHERE code_system = 'RXNORM'),
supply AS (
    SELECT rate_id, clause, bool_and(concept IN (SELECT concept FROM drug)) AS of_drugs
    FROM (SELECT rate_id, clause, unnest(concepts) AS concept FROM reference.clause)
    GROUP BY rate_id, clause
),
codes AS (
    SELECT rate_id, clause, list_sort(list(DISTINCT code)) AS codes
    FROM (SELECT rate_id, clause, unnest(concepts) AS concept FROM reference.clause WHERE role = 'numerator') JOIN code USING (concept)
    GROUP BY rate_id, clause
)
SELECT rate_id, clause, role, text, codes, coalesce(of_drugs, FALSE) AS of_drugs, coalesce(c.counts_days, FALSE) AS counts_days
FROM reference.clause AS c LEFT JOIN codes USING (rate_id, clause) LEFT JOIN supply USING (rate_id, clause)

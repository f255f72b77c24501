-- The middle half of peers' rates: clinicians of the viewer's specialties whose panels are not the viewer's, each with at least $least units; a rate
-- with fewer than $peers such clinicians is left out, so that nobody can be picked out
WITH own AS (SELECT DISTINCT specialty FROM mart.clinician WHERE panel IN (SELECT unnest($panels))),
peer AS (
    SELECT panel, clinician_npi FROM mart.clinician
    WHERE specialty IN (FROM own) AND clinician_npi IS NOT NULL AND panel NOT IN (SELECT unnest($panels))
),
counted AS (
    SELECT rate_id, clinician_npi, sum(units) FILTER (status <> 'excluded') AS denominator, coalesce(sum(units) FILTER (status = 'closed'), 0) AS closed
    FROM mart.rate_count JOIN mart.panel_set USING (panel_set) JOIN peer USING (panel)
    WHERE plan_key = coalesce(CAST($contract AS VARCHAR), 'all') AND period = $period AND aspect = 'all'
    GROUP BY rate_id, clinician_npi
)
SELECT rate_id, count(*) AS peers, quantile_cont(closed / denominator, 0.25) AS low, quantile_cont(closed / denominator, 0.75) AS high
FROM counted WHERE denominator >= $least
GROUP BY rate_id HAVING count(*) >= $peers

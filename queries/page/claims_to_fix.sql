-- Services whose claims do not count, rejected or pending, ranked by the gaps that they would close; $people: of a cohort only
WITH reach AS (
    SELECT DISTINCT panel_set FROM mart.panel_set WHERE panel IN (SELECT unnest($panels))
)
SELECT reason, service, count(DISTINCT fact) AS claims, count(DISTINCT person) AS people, count(DISTINCT (person, measure_id, unit)) AS gaps,
    string_agg(DISTINCT rate_title, ', ' ORDER BY rate_title) AS measures, min(start_date) AS first_date, max(start_date) AS last_date
FROM mart.claim_to_fix JOIN reach USING (panel_set)
WHERE ($contract IS NULL OR list_contains(contracts, $contract)) AND ($people IS NULL OR person IN (SELECT unnest(CAST($people AS INTEGER[]))))
GROUP BY reason, service
ORDER BY reason = 'pending', gaps DESC, claims DESC, service

-- The clinician with the most open gaps to close: whose panel the demo accounts show
SELECT clinician_npi, practice_id, group_id
FROM mart.clinician JOIN (SELECT panel, sum(open_gaps) AS open_gaps FROM mart.panel GROUP BY panel) USING (panel)
WHERE clinician_npi IS NOT NULL
ORDER BY open_gaps DESC, clinician_npi LIMIT 1

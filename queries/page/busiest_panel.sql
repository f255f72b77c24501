-- The clinician with the most open gaps to close, whose panel the demo accounts show; and all practices of that group
SELECT clinician_npi, practice_id, group_id, (SELECT list(p.practice_id ORDER BY p.practice_id) FROM mart.practice AS p WHERE p.group_id = c.group_id) AS practices
FROM mart.clinician AS c JOIN (SELECT panel, sum(open_gaps) AS open_gaps FROM mart.panel GROUP BY panel) USING (panel)
WHERE clinician_npi IS NOT NULL
ORDER BY open_gaps DESC, clinician_npi LIMIT 1

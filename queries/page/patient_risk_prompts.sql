-- What to look at in a person's documentation: confirm, consider, remove, with the row of the file behind each. $sensitive: sensitive services too
SELECT r.kind, r.title, r.why, r.confidence, r.source, r.last_date, f.data_source, f.file_name, r.row_number
FROM mart.risk_prompt AS r LEFT JOIN mart.file AS f USING (file_no)
WHERE r.person = $person AND ($sensitive OR NOT r.sensitive)
ORDER BY r.kind, r.title

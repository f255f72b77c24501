-- Which diagnoses on a Medicare person's claims of this year count in the score, and why the others do not, with the row of the file. $sensitive: sensitive services too
SELECT r.code, r.label, r.counts, r.why_not, r.days, r.last_date, f.data_source, f.file_name, r.row_number
FROM mart.risk_diagnosis AS r LEFT JOIN mart.file AS f USING (file_no)
WHERE r.person = $person AND ($sensitive OR NOT r.sensitive)
ORDER BY r.counts DESC, r.label, r.code

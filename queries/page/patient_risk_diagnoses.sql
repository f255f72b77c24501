-- Which diagnoses on a Medicare person's claims of this year count in the score, and why the others do not, with the row of the file. $sensitive: sensitive services too
SELECT code, label, counts, why_not, days, last_date, file_no, row_number
FROM mart.risk_diagnosis WHERE person = $person AND ($sensitive OR NOT sensitive)

-- What to look at in a person's documentation: confirm, consider, remove, with the row of the file behind each. $sensitive: sensitive services too
SELECT kind, prompt, title, why, confidence, source, last_date, evidence, answered, file_no, row_number
FROM mart.risk_prompt WHERE person = $person AND ($sensitive OR NOT sensitive)

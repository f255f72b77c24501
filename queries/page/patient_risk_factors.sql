-- What a person's scores are made of, V28 this year and last, RxHCC this year, with the row of the file behind each condition. $sensitive: sensitive services too
SELECT model, factor, label, is_condition, now, before, standing, first_date, last_date, file_no, row_number
FROM mart.risk_factor WHERE person = $person AND ($sensitive OR NOT sensitive)

-- What a person's scores are made of, V28 this year and last, RxHCC this year, with the row of the file behind each condition. $sensitive: sensitive services too
SELECT r.model, r.factor, r.label, r.is_condition, r.now, r.before, r.standing, r.first_date, r.last_date, f.data_source, f.file_name, r.row_number
FROM mart.risk_factor AS r LEFT JOIN mart.file AS f USING (file_no)
WHERE r.person = $person AND ($sensitive OR NOT r.sensitive)
ORDER BY r.is_condition, greatest(coalesce(r.now, 0), coalesce(r.before, 0)) DESC, r.factor

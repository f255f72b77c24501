-- What is known of a patient: a row a fact and concept of it; $sensitive: sensitive services too
SELECT what, concept, on_date, end_date, value, unit, fact, row_number
FROM mart.history
WHERE person = $person AND ($sensitive OR NOT sensitive)

-- Conditions of the Charlson index that claims tell of in one of the viewer's people, with the concepts that mean the same; $sensitive: sensitive ones too
SELECT title, on_date, concepts, file_no, row_number
FROM mart.comorbidity
WHERE person = $person AND ($sensitive OR NOT sensitive)

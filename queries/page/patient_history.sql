-- What is known of a patient, newest first
SELECT h.what, h.on_date, h.end_date, h.title, h.value, h.unit, f.data_source, f.file_name, h.row_number
FROM mart.history AS h LEFT JOIN mart.file AS f USING (file_no)
WHERE h.person = $person AND h.person IN (SELECT person FROM mart.panel WHERE panel IN (SELECT unnest($panels)) AND person = $person)
ORDER BY h.on_date DESC, h.what, h.title

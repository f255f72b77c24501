-- code as sent: table, source, file, code system and code, with the number of rows and the first of them
WITH
encounter AS (SELECT data_source, file_name, source_row, codes FROM extract.encounter),
medication_order AS (SELECT data_source, file_name, source_row, codes FROM extract.medication_order),
service_order AS (SELECT data_source, file_name, source_row, codes FROM extract.service_order),
device_order AS (SELECT data_source, file_name, source_row, codes FROM extract.device_order),
allergy AS (SELECT data_source, file_name, source_row, codes FROM extract.allergy),
adverse_event AS (SELECT data_source, file_name, source_row, codes FROM extract.adverse_event),
task AS (SELECT data_source, file_name, source_row, codes FROM extract.task),
location AS (SELECT data_source, file_name, source_row, codes FROM extract.location)
SELECT 'encounter' AS table_name, * FROM listed_codes('encounter')
UNION ALL SELECT 'medication_order', * FROM listed_codes('medication_order')
UNION ALL SELECT 'service_order', * FROM listed_codes('service_order')
UNION ALL SELECT 'device_order', * FROM listed_codes('device_order')
UNION ALL SELECT 'allergy', * FROM listed_codes('allergy')
UNION ALL SELECT 'adverse_event', * FROM listed_codes('adverse_event')
UNION ALL SELECT 'task', * FROM listed_codes('task')
UNION ALL SELECT 'location', * FROM listed_codes('location')

-- code as sent in the details of a record (reasons, coded results, body sites): `table_name` names the column too
WITH
encounter_reason AS (SELECT data_source, file_name, source_row, reason_codes AS codes FROM extract.encounter WHERE len(reason_codes) > 0),
encounter_discharge_disposition AS (SELECT data_source, file_name, source_row, discharge_disposition_codes AS codes FROM extract.encounter WHERE len(discharge_disposition_codes) > 0),
condition_body_site AS (SELECT data_source, file_name, source_row, body_site_codes AS codes FROM extract.condition WHERE len(body_site_codes) > 0),
condition_severity AS (SELECT data_source, file_name, source_row, severity_codes AS codes FROM extract.condition WHERE len(severity_codes) > 0),
procedure_body_site AS (SELECT data_source, file_name, source_row, body_site_codes AS codes FROM extract.procedure WHERE len(body_site_codes) > 0),
procedure_reason AS (SELECT data_source, file_name, source_row, reason_codes AS codes FROM extract.procedure WHERE len(reason_codes) > 0),
procedure_status_reason AS (SELECT data_source, file_name, source_row, status_reason_codes AS codes FROM extract.procedure WHERE len(status_reason_codes) > 0),
observation_result AS (SELECT data_source, file_name, source_row, result_codes AS codes FROM extract.observation WHERE len(result_codes) > 0),
observation_reason AS (SELECT data_source, file_name, source_row, reason_codes AS codes FROM extract.observation WHERE len(reason_codes) > 0),
observation_status_reason AS (SELECT data_source, file_name, source_row, status_reason_codes AS codes FROM extract.observation WHERE len(status_reason_codes) > 0),
lab_result_result AS (SELECT data_source, file_name, source_row, result_codes AS codes FROM extract.lab_result WHERE len(result_codes) > 0),
immunization_status_reason AS (SELECT data_source, file_name, source_row, status_reason_codes AS codes FROM extract.immunization WHERE len(status_reason_codes) > 0),
medication_reason AS (SELECT data_source, file_name, source_row, reason_codes AS codes FROM extract.medication WHERE len(reason_codes) > 0),
medication_status_reason AS (SELECT data_source, file_name, source_row, status_reason_codes AS codes FROM extract.medication WHERE len(status_reason_codes) > 0),
medication_order_reason AS (SELECT data_source, file_name, source_row, reason_codes AS codes FROM extract.medication_order WHERE len(reason_codes) > 0),
medication_order_status_reason AS (SELECT data_source, file_name, source_row, status_reason_codes AS codes FROM extract.medication_order WHERE len(status_reason_codes) > 0),
service_order_reason AS (SELECT data_source, file_name, source_row, reason_codes AS codes FROM extract.service_order WHERE len(reason_codes) > 0),
service_order_status_reason AS (SELECT data_source, file_name, source_row, status_reason_codes AS codes FROM extract.service_order WHERE len(status_reason_codes) > 0),
device_order_reason AS (SELECT data_source, file_name, source_row, reason_codes AS codes FROM extract.device_order WHERE len(reason_codes) > 0),
device_order_status_reason AS (SELECT data_source, file_name, source_row, status_reason_codes AS codes FROM extract.device_order WHERE len(status_reason_codes) > 0),
task_reason AS (SELECT data_source, file_name, source_row, reason_codes AS codes FROM extract.task WHERE len(reason_codes) > 0),
task_status_reason AS (SELECT data_source, file_name, source_row, status_reason_codes AS codes FROM extract.task WHERE len(status_reason_codes) > 0)
SELECT 'encounter.reason_codes' AS table_name, * FROM listed_codes('encounter_reason')
UNION ALL SELECT 'encounter.discharge_disposition_codes', * FROM listed_codes('encounter_discharge_disposition')
UNION ALL SELECT 'condition.body_site_codes', * FROM listed_codes('condition_body_site')
UNION ALL SELECT 'condition.severity_codes', * FROM listed_codes('condition_severity')
UNION ALL SELECT 'procedure.body_site_codes', * FROM listed_codes('procedure_body_site')
UNION ALL SELECT 'procedure.reason_codes', * FROM listed_codes('procedure_reason')
UNION ALL SELECT 'procedure.status_reason_codes', * FROM listed_codes('procedure_status_reason')
UNION ALL SELECT 'observation.result_codes', * FROM listed_codes('observation_result')
UNION ALL SELECT 'observation.reason_codes', * FROM listed_codes('observation_reason')
UNION ALL SELECT 'observation.status_reason_codes', * FROM listed_codes('observation_status_reason')
UNION ALL SELECT 'lab_result.result_codes', * FROM listed_codes('lab_result_result')
UNION ALL SELECT 'immunization.status_reason_codes', * FROM listed_codes('immunization_status_reason')
UNION ALL SELECT 'medication.reason_codes', * FROM listed_codes('medication_reason')
UNION ALL SELECT 'medication.status_reason_codes', * FROM listed_codes('medication_status_reason')
UNION ALL SELECT 'medication_order.reason_codes', * FROM listed_codes('medication_order_reason')
UNION ALL SELECT 'medication_order.status_reason_codes', * FROM listed_codes('medication_order_status_reason')
UNION ALL SELECT 'service_order.reason_codes', * FROM listed_codes('service_order_reason')
UNION ALL SELECT 'service_order.status_reason_codes', * FROM listed_codes('service_order_status_reason')
UNION ALL SELECT 'device_order.reason_codes', * FROM listed_codes('device_order_reason')
UNION ALL SELECT 'device_order.status_reason_codes', * FROM listed_codes('device_order_status_reason')
UNION ALL SELECT 'task.reason_codes', * FROM listed_codes('task_reason')
UNION ALL SELECT 'task.status_reason_codes', * FROM listed_codes('task_status_reason')

-- task
-- view
SELECT
    person, source_row, task_id, person_id, encounter_id, authored_date, authored_instant, authored_offset_minutes, authored_precision, executed_date,
    executed_instant, executed_offset_minutes, executed_precision, executed_end_date, executed_end_instant, executed_end_offset_minutes,
    executed_end_precision, intent, based_on_ids, focus_id, status, not_done, normal_codes(status_reason_codes) AS status_reason_codes,
    normal_codes(reason_codes) AS reason_codes, normal_codes(codes) AS codes, profiles, record_source, audit_status, psv_date, data_source, file_name
FROM extract.task
ANTI JOIN (SELECT source_row FROM extract.set_aside WHERE table_name = 'task') AS aside USING (source_row)

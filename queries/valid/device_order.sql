-- device ordered
-- view
SELECT
    person, source_row, device_order_id, person_id, encounter_id, authored_date, authored_instant, authored_offset_minutes, authored_precision,
    intent, do_not_perform, status, not_done, normal_codes(status_reason_codes) AS status_reason_codes, normal_codes(reason_codes) AS reason_codes,
    normal_codes(codes) AS codes, profiles, record_source, audit_status, psv_date, data_source, file_name
FROM extract.device_order
ANTI JOIN (SELECT source_row FROM extract.set_aside WHERE table_name = 'device_order') AS aside USING (source_row)

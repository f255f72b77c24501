-- service or referral ordered
-- view
SELECT
    person, source_row, service_order_id, person_id, encounter_id, authored_date, authored_instant, authored_offset_minutes, authored_precision,
    occurrence_date, occurrence_instant, occurrence_offset_minutes, occurrence_precision, intent, do_not_perform, status, not_done,
    normal_codes(status_reason_codes) AS status_reason_codes, normal_codes(reason_codes) AS reason_codes, normal_codes(codes) AS codes, categories,
    profiles, practitioner_id, record_source, audit_status, psv_date, data_source, file_name
FROM extract.service_order
ANTI JOIN (SELECT source_row FROM extract.set_aside WHERE table_name = 'service_order') AS aside USING (source_row)

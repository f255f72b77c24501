-- medication order
-- view
SELECT
    person, source_row, medication_order_id, person_id, encounter_id, authored_date, authored_instant, authored_offset_minutes, authored_precision,
    intent, do_not_perform, course_start_date, course_start_instant, course_start_offset_minutes, course_start_precision, days_supply,
    course_end_date, course_end_instant, course_end_offset_minutes, course_end_precision, bounds_start_date, bounds_start_instant,
    bounds_start_offset_minutes, bounds_start_precision, bounds_end_date, bounds_end_instant, bounds_end_offset_minutes, bounds_end_precision,
    quantity, quantity_unit, refills, by_reference, status, not_done, normal_codes(status_reason_codes) AS status_reason_codes,
    normal_codes(reason_codes) AS reason_codes, normal_codes(codes) AS codes, categories, profiles, practitioner_id, record_source, audit_status,
    psv_date, data_source, file_name
FROM extract.medication_order
ANTI JOIN (SELECT source_row FROM extract.set_aside WHERE table_name = 'medication_order') AS aside USING (source_row)

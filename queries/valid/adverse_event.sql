-- adverse event
-- view
SELECT
    person, source_row, adverse_event_id, person_id, encounter_id, occurred_date, occurred_instant, occurred_offset_minutes, occurred_precision,
    recorded_date, recorded_instant, recorded_offset_minutes, recorded_precision, actuality, normal_codes(codes) AS codes, profiles, record_source,
    audit_status, psv_date, data_source, file_name
FROM extract.adverse_event
ANTI JOIN (SELECT source_row FROM extract.set_aside WHERE table_name = 'adverse_event') AS aside USING (source_row)

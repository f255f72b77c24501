-- allergy or intolerance
-- view
SELECT
    person, source_row, allergy_id, person_id, encounter_id, onset_date, onset_instant, onset_offset_minutes, onset_precision, onset_end_date,
    onset_end_instant, onset_end_offset_minutes, onset_end_precision, recorded_date, recorded_instant, recorded_offset_minutes, recorded_precision,
    last_occurrence_date, last_occurrence_instant, last_occurrence_offset_minutes, last_occurrence_precision, clinical_status, verification_status,
    normal_codes(codes) AS codes, categories, profiles, record_source, audit_status, psv_date, data_source, file_name
FROM extract.allergy
ANTI JOIN (SELECT source_row FROM extract.set_aside WHERE table_name = 'allergy') AS aside USING (source_row)

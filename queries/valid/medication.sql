-- medication dispensed, given or stated
-- view
SELECT
    person, source_row, medication_id, person_id, patient_id, encounter_id, dispensing_date, dispensed_instant, dispensed_offset_minutes,
    dispensed_precision, prescribing_date, source_code_type, source_code, source_description, ndc_code(ndc_code) AS ndc_code, ndc_description,
    rxnorm_code, rxnorm_description, atc_code, route, strength, quantity, quantity_unit, days_supply, practitioner_id, medication_kind, status,
    not_done, normal_codes(status_reason_codes) AS status_reason_codes, normal_codes(reason_codes) AS reason_codes,
    all_codes(list_append(coalesce(codes, []), {'code_system': 'RXNORM', 'code': rxnorm_code}), source_code_type, source_code,
        'NDC', ndc_code) AS codes, codes AS sent_codes, profiles, record_source, audit_status, psv_date, data_source, file_name
FROM extract.medication
ANTI JOIN (SELECT source_row FROM extract.set_aside WHERE table_name = 'medication') AS aside USING (source_row)

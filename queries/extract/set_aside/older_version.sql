-- row of which a newer row with the same id has come, or which the source has taken back (claims and laboratory results: see there)
-- first
WITH row AS (
    SELECT 'eligibility' AS table_name, person, data_source,
        concat_ws('|', person_id, member_id, payer, plan, product_line, enrollment_start_date, year_month) AS id,
        source_row, file_name, file_date, source_updated_at, record_action
    FROM extract.eligibility ANTI JOIN extract.broken_row USING (source_row)
    UNION ALL SELECT 'provider_attribution', person, data_source,
        concat_ws('|', person_id, payer, plan, attribution_method, year_month, attribution_start_date, provider_npi, payer_attributed_provider,
            custom_attributed_provider, practice_id, organization_id), source_row, file_name, file_date, source_updated_at, record_action
    FROM extract.provider_attribution ANTI JOIN extract.broken_row USING (source_row)
    UNION ALL SELECT 'plan_score', person, data_source, concat_ws('|', person_id, payer, plan, model, model_version, score_date), source_row, file_name, file_date,
        source_updated_at, record_action
    FROM extract.plan_score ANTI JOIN extract.broken_row USING (source_row)
    UNION ALL SELECT 'plan_gap', person, data_source, concat_ws('|', person_id, payer, plan, product_line, measure, rate, measurement_year, gap_date), source_row, file_name,
        file_date, source_updated_at, record_action
    FROM extract.plan_gap ANTI JOIN extract.broken_row USING (source_row)
    UNION ALL SELECT 'patient', person, data_source, concat_ws('|', person_id, patient_id), source_row, file_name, file_date, source_updated_at, record_action
    FROM extract.patient ANTI JOIN extract.broken_row USING (source_row)
    UNION ALL SELECT 'encounter', person, data_source, encounter_id, source_row, file_name, file_date, source_updated_at, record_action
    FROM extract.encounter ANTI JOIN extract.broken_row USING (source_row)
    UNION ALL SELECT 'condition', person, data_source, condition_id, source_row, file_name, file_date, source_updated_at, record_action
    FROM extract.condition ANTI JOIN extract.broken_row USING (source_row)
    UNION ALL SELECT 'procedure', person, data_source, procedure_id, source_row, file_name, file_date, source_updated_at, record_action
    FROM extract.procedure ANTI JOIN extract.broken_row USING (source_row)
    UNION ALL SELECT 'observation', person, data_source, observation_id, source_row, file_name, file_date, source_updated_at, record_action
    FROM extract.observation ANTI JOIN extract.broken_row USING (source_row)
    UNION ALL SELECT 'immunization', person, data_source, immunization_id, source_row, file_name, file_date, source_updated_at, record_action
    FROM extract.immunization ANTI JOIN extract.broken_row USING (source_row)
    UNION ALL SELECT 'medication', person, data_source, medication_id, source_row, file_name, file_date, source_updated_at, record_action
    FROM extract.medication ANTI JOIN extract.broken_row USING (source_row)
    UNION ALL SELECT 'medication_order', person, data_source, medication_order_id, source_row, file_name, file_date, source_updated_at, record_action
    FROM extract.medication_order ANTI JOIN extract.broken_row USING (source_row)
    UNION ALL SELECT 'service_order', person, data_source, service_order_id, source_row, file_name, file_date, source_updated_at, record_action
    FROM extract.service_order ANTI JOIN extract.broken_row USING (source_row)
    UNION ALL SELECT 'device_order', person, data_source, device_order_id, source_row, file_name, file_date, source_updated_at, record_action
    FROM extract.device_order ANTI JOIN extract.broken_row USING (source_row)
    UNION ALL SELECT 'allergy', person, data_source, allergy_id, source_row, file_name, file_date, source_updated_at, record_action
    FROM extract.allergy ANTI JOIN extract.broken_row USING (source_row)
    UNION ALL SELECT 'adverse_event', person, data_source, adverse_event_id, source_row, file_name, file_date, source_updated_at, record_action
    FROM extract.adverse_event ANTI JOIN extract.broken_row USING (source_row)
    UNION ALL SELECT 'task', person, data_source, task_id, source_row, file_name, file_date, source_updated_at, record_action
    FROM extract.task ANTI JOIN extract.broken_row USING (source_row)
    UNION ALL SELECT 'appointment', person, data_source, appointment_id, source_row, file_name, file_date, source_updated_at, record_action
    FROM extract.appointment ANTI JOIN extract.broken_row USING (source_row)
    UNION ALL SELECT 'adt_event', person, data_source, message_control_id, source_row, file_name, file_date, source_updated_at, record_action
    FROM extract.adt_event ANTI JOIN extract.broken_row USING (source_row)
    UNION ALL SELECT 'practitioner', NULL, data_source, practitioner_id, source_row, file_name, file_date, source_updated_at, record_action
    FROM extract.practitioner ANTI JOIN extract.broken_row USING (source_row)
    UNION ALL SELECT 'location', NULL, data_source, location_id, source_row, file_name, file_date, source_updated_at, record_action
    FROM extract.location ANTI JOIN extract.broken_row USING (source_row)
)
FROM older_versions('row')

-- row that was refused, with what is wrong and what would cure it
WITH refused AS (
    SELECT 'eligibility' AS table_name, data_source, file_name, source_row, broken_rule AS rule, broken_value AS found FROM extract.eligibility WHERE broken_rule IS NOT NULL
    UNION ALL
    SELECT 'medical_claim' AS table_name, data_source, file_name, source_row, broken_rule AS rule, broken_value AS found FROM extract.medical_claim WHERE broken_rule IS NOT NULL
    UNION ALL
    SELECT 'pharmacy_claim' AS table_name, data_source, file_name, source_row, broken_rule AS rule, broken_value AS found FROM extract.pharmacy_claim WHERE broken_rule IS NOT NULL
    UNION ALL
    SELECT 'provider_attribution' AS table_name, data_source, file_name, source_row, broken_rule AS rule, broken_value AS found FROM extract.provider_attribution WHERE broken_rule IS NOT NULL
    UNION ALL
    SELECT 'patient' AS table_name, data_source, file_name, source_row, broken_rule AS rule, broken_value AS found FROM extract.patient WHERE broken_rule IS NOT NULL
    UNION ALL
    SELECT 'encounter' AS table_name, data_source, file_name, source_row, broken_rule AS rule, broken_value AS found FROM extract.encounter WHERE broken_rule IS NOT NULL
    UNION ALL
    SELECT 'condition' AS table_name, data_source, file_name, source_row, broken_rule AS rule, broken_value AS found FROM extract.condition WHERE broken_rule IS NOT NULL
    UNION ALL
    SELECT 'procedure' AS table_name, data_source, file_name, source_row, broken_rule AS rule, broken_value AS found FROM extract.procedure WHERE broken_rule IS NOT NULL
    UNION ALL
    SELECT 'observation' AS table_name, data_source, file_name, source_row, broken_rule AS rule, broken_value AS found FROM extract.observation WHERE broken_rule IS NOT NULL
    UNION ALL
    SELECT 'lab_result' AS table_name, data_source, file_name, source_row, broken_rule AS rule, broken_value AS found FROM extract.lab_result WHERE broken_rule IS NOT NULL
    UNION ALL
    SELECT 'immunization' AS table_name, data_source, file_name, source_row, broken_rule AS rule, broken_value AS found FROM extract.immunization WHERE broken_rule IS NOT NULL
    UNION ALL
    SELECT 'medication' AS table_name, data_source, file_name, source_row, broken_rule AS rule, broken_value AS found FROM extract.medication WHERE broken_rule IS NOT NULL
    UNION ALL
    SELECT 'medication_order' AS table_name, data_source, file_name, source_row, broken_rule AS rule, broken_value AS found FROM extract.medication_order WHERE broken_rule IS NOT NULL
    UNION ALL
    SELECT 'service_order' AS table_name, data_source, file_name, source_row, broken_rule AS rule, broken_value AS found FROM extract.service_order WHERE broken_rule IS NOT NULL
    UNION ALL
    SELECT 'device_order' AS table_name, data_source, file_name, source_row, broken_rule AS rule, broken_value AS found FROM extract.device_order WHERE broken_rule IS NOT NULL
    UNION ALL
    SELECT 'allergy' AS table_name, data_source, file_name, source_row, broken_rule AS rule, broken_value AS found FROM extract.allergy WHERE broken_rule IS NOT NULL
    UNION ALL
    SELECT 'adverse_event' AS table_name, data_source, file_name, source_row, broken_rule AS rule, broken_value AS found FROM extract.adverse_event WHERE broken_rule IS NOT NULL
    UNION ALL
    SELECT 'task' AS table_name, data_source, file_name, source_row, broken_rule AS rule, broken_value AS found FROM extract.task WHERE broken_rule IS NOT NULL
    UNION ALL
    SELECT 'appointment' AS table_name, data_source, file_name, source_row, broken_rule AS rule, broken_value AS found FROM extract.appointment WHERE broken_rule IS NOT NULL
    UNION ALL
    SELECT 'practitioner' AS table_name, data_source, file_name, source_row, broken_rule AS rule, broken_value AS found FROM extract.practitioner WHERE broken_rule IS NOT NULL
    UNION ALL
    SELECT 'location' AS table_name, data_source, file_name, source_row, broken_rule AS rule, broken_value AS found FROM extract.location WHERE broken_rule IS NOT NULL
    UNION ALL
    SELECT 'person_xref' AS table_name, data_source, file_name, source_row, broken_rule AS rule, broken_value AS found FROM extract.person_xref WHERE broken_rule IS NOT NULL
    UNION ALL
    SELECT 'adt_event' AS table_name, data_source, file_name, source_row, broken_rule AS rule, broken_value AS found FROM extract.adt_event WHERE broken_rule IS NOT NULL
)
SELECT table_name, data_source, file_name, source_row & 68719476735 AS row_number, rule, wrong, found, cure
FROM refused
LEFT JOIN reference.rule USING (table_name, rule)

-- one row per source, table, code system and code: every code that arrives, with its rows
WITH arrived AS (
    SELECT data_source, 'encounter' AS table_name, unnest(list_concat(normal_codes(codes), normal_codes(reason_codes), normal_codes(discharge_disposition_codes),
        [{'code_system': 'ActCode', 'code': encounter_class}])) AS c FROM extract.encounter
    UNION ALL SELECT data_source, 'condition', unnest(list_concat(all_codes(codes, source_code_type, source_code, normalized_code_type, normalized_code), normal_codes(body_site_codes), normal_codes(severity_codes))) FROM extract.condition
    UNION ALL SELECT data_source, 'procedure', unnest(list_concat(all_codes(codes, source_code_type, source_code, normalized_code_type, normalized_code), normal_codes(body_site_codes), normal_codes(reason_codes), normal_codes(status_reason_codes))) FROM extract.procedure
    UNION ALL SELECT data_source, 'observation', unnest(list_concat(all_codes(codes, source_code_type, source_code, normalized_code_type, normalized_code), normal_codes(result_codes), normal_codes(reason_codes), normal_codes(status_reason_codes))) FROM extract.observation
    UNION ALL SELECT data_source, 'immunization', unnest(all_codes(codes, source_code_type, source_code, normalized_code_type, normalized_code)) FROM extract.immunization
    UNION ALL SELECT data_source, 'medication', unnest(normal_codes(codes)) FROM extract.medication
    UNION ALL SELECT data_source, 'medication_order', unnest(list_concat(normal_codes(codes), normal_codes(reason_codes), normal_codes(status_reason_codes))) FROM extract.medication_order
    UNION ALL SELECT data_source, 'service_order', unnest(list_concat(normal_codes(codes), normal_codes(reason_codes), normal_codes(status_reason_codes))) FROM extract.service_order
    UNION ALL SELECT data_source, 'device_order', unnest(normal_codes(codes)) FROM extract.device_order
    UNION ALL SELECT data_source, 'allergy', unnest(normal_codes(codes)) FROM extract.allergy
    UNION ALL SELECT data_source, 'adverse_event', unnest(normal_codes(codes)) FROM extract.adverse_event
    UNION ALL SELECT data_source, 'task', unnest(normal_codes(codes)) FROM extract.task)
SELECT data_source, table_name, c.code_system AS code_system, c.code AS code, count(*) AS rows
FROM arrived WHERE c.code IS NOT NULL
GROUP BY ALL

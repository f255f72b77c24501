-- code as sent: table, source, file, code system and code, with the number of rows and the first of them
WITH line AS NOT MATERIALIZED (
    SELECT *, diagnosis_system(diagnosis_code_type, coalesce(claim_line_end_date, claim_end_date, claim_line_start_date, claim_start_date)) AS code_system,
        coalesce(*COLUMNS('^diagnosis_code_([5-9]|[12]\d)$')) AS fifth_diagnosis, coalesce(*COLUMNS('^procedure_code_\d+$')) AS any_procedure
    FROM extract.medical_claim
),
-- Most lines have few diagnoses: these column by column, the rest as one list.
diagnosis_1 AS (SELECT data_source, file_name, source_row, code_system, diagnosis_code_1 AS code FROM line),
diagnosis_2 AS (SELECT data_source, file_name, source_row, code_system, diagnosis_code_2 AS code FROM line),
diagnosis_3 AS (SELECT data_source, file_name, source_row, code_system, diagnosis_code_3 AS code FROM line),
diagnosis_4 AS (SELECT data_source, file_name, source_row, code_system, diagnosis_code_4 AS code FROM line),
diagnosis AS (SELECT data_source, file_name, source_row, code_system, unnest([*COLUMNS('^diagnosis_code_([5-9]|[12]\d)$')]) AS code FROM line WHERE fifth_diagnosis IS NOT NULL),
procedure AS (
    SELECT data_source, file_name, source_row, coalesce(procedure_code_type, 'ICD10PCS') AS code_system, unnest([*COLUMNS('^procedure_code_\d+$')]) AS code
    FROM line WHERE any_procedure IS NOT NULL
),
service AS (SELECT data_source, file_name, source_row, 'HCPCS' AS code_system, hcpcs_code AS code FROM line),
revenue AS (SELECT data_source, file_name, source_row, 'UBREV' AS code_system, revenue_center_code AS code FROM line),
place AS (SELECT data_source, file_name, source_row, 'POS' AS code_system, place_of_service_code AS code FROM line),
bill_type AS (SELECT data_source, file_name, source_row, 'TypeOfBill' AS code_system, bill_type_code AS code FROM line),
discharge AS (SELECT data_source, file_name, source_row, 'PatDischargeStatus' AS code_system, discharge_disposition_code AS code FROM line),
drg AS (SELECT data_source, file_name, source_row, 'MSDRG' AS code_system, drg_code AS code FROM line),
first_modifier AS (SELECT data_source, file_name, source_row, 'MODIFIER' AS code_system, hcpcs_modifier_1 AS code FROM line),
rendering AS (SELECT data_source, file_name, source_row, 'NPI' AS code_system, rendering_npi AS code FROM line),
billing AS (SELECT data_source, file_name, source_row, 'NPI' AS code_system, billing_npi AS code FROM line),
facility AS (SELECT data_source, file_name, source_row, 'NPI' AS code_system, facility_npi AS code FROM line),
listed AS (SELECT data_source, file_name, source_row, codes FROM line WHERE len(codes) > 0),
listed_diagnosis AS (SELECT data_source, file_name, source_row, diagnosis_codes AS codes FROM line WHERE len(diagnosis_codes) > 0)
SELECT 'medical_claim' AS table_name, * FROM (
    FROM named_codes('diagnosis_1')
    UNION ALL FROM named_codes('diagnosis_2')
    UNION ALL FROM named_codes('diagnosis_3')
    UNION ALL FROM named_codes('diagnosis_4')
    UNION ALL FROM named_codes('diagnosis')
    UNION ALL FROM named_codes('procedure')
    UNION ALL FROM named_codes('service')
    UNION ALL FROM named_codes('revenue')
    UNION ALL FROM named_codes('place')
    UNION ALL FROM named_codes('bill_type')
    UNION ALL FROM named_codes('discharge')
    UNION ALL FROM named_codes('drg')
    UNION ALL FROM named_codes('first_modifier')
    UNION ALL FROM named_codes('rendering')
    UNION ALL FROM named_codes('billing')
    UNION ALL FROM named_codes('facility')
    UNION ALL FROM listed_codes('listed')
    UNION ALL FROM listed_codes('listed_diagnosis')
)

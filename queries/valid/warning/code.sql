-- codes that were spelled anew or that nothing can be made of, and numbers that are no NPI
WITH rule AS (SELECT table_name, rule, cure FROM reference.rule),
sent AS (
    SELECT *, CASE
            WHEN code_system = 'NPI' THEN CASE WHEN NOT coalesce(is_npi(trim(code)), FALSE) THEN 'claim_40_npi' END
            WHEN code_system = 'MODIFIER' THEN CASE WHEN length(trim(code)) > 2 THEN 'claim_38_modifiers_glued' END
            WHEN table_name = 'pharmacy_claim' AND code_system = 'NDC' AND code <> ndc_code(code) THEN 'fill_57_ndc_spelling'
            WHEN table_name <> 'medical_claim' THEN NULL
            WHEN code_system = 'ICD10CM' AND NOT regexp_matches(icd_code(code), '^[A-Z]\d[0-9AB][0-9A-Z]{0,4}$') THEN 'claim_35_diagnosis_shape'
            WHEN code_system IN ('ICD10CM', 'ICD9CM') AND code <> icd_code(code) THEN 'claim_33_diagnosis_spelling'
            WHEN code_system = 'HCPCS' AND code <> hcpcs_code(code) THEN 'claim_37_procedure_spelling'
            WHEN code_system IN ('UBREV', 'POS', 'TypeOfBill', 'PatDischargeStatus', 'MSDRG') AND code <> normal_code(code_system, code)
            THEN 'claim_36_zeros_lost' END AS rule
    FROM extract.sent_code
),
found AS (
    SELECT table_name, data_source, file_name, rule, rows, first_row,
        code || CASE WHEN rule IN ('fill_57_ndc_spelling', 'claim_33_diagnosis_spelling', 'claim_36_zeros_lost', 'claim_37_procedure_spelling')
            THEN ' -> ' || normal_code(code_system, code) ELSE '' END AS found
    FROM sent WHERE rule IS NOT NULL
)
FROM warned('found', 'rule')

-- claim line that stands
-- view
WITH line AS (
    SELECT
        person, source_row, claim_id, claim_line_number, claim_type, person_id, member_id, payer, plan, claim_start_date, claim_end_date,
        claim_line_start_date, claim_line_end_date, admission_date, discharge_date, admit_source_code, admit_type_code,
        place_code(discharge_disposition_code) AS discharge_disposition_code, place_code(place_of_service_code) AS place_of_service_code,
        bill_type_code(bill_type_code) AS bill_type_code, drg_code_type, padded(drg_code, 3) AS drg_code,
        revenue_code(revenue_center_code) AS revenue_center_code, service_unit_quantity, hcpcs_code(hcpcs_code) AS hcpcs_code,
        known_npi(rendering_npi) AS rendering_npi, rendering_tin, known_npi(billing_npi) AS billing_npi, billing_tin,
        known_npi(facility_npi) AS facility_npi, paid_date, paid_amount, allowed_amount,
        diagnosis_system(diagnosis_code_type, coalesce(claim_line_end_date, claim_end_date, claim_line_start_date, claim_start_date))
            AS diagnosis_code_type,
        icd_code(diagnosis_code_1) AS diagnosis_code_1, icd_code(diagnosis_code_2) AS diagnosis_code_2,
        icd_code(diagnosis_code_3) AS diagnosis_code_3,
        icd_code(diagnosis_code_4) AS diagnosis_code_4, icd_code(diagnosis_code_5) AS diagnosis_code_5,
        icd_code(diagnosis_code_6) AS diagnosis_code_6,
        icd_code(diagnosis_code_7) AS diagnosis_code_7, icd_code(diagnosis_code_8) AS diagnosis_code_8,
        icd_code(diagnosis_code_9) AS diagnosis_code_9,
        icd_code(diagnosis_code_10) AS diagnosis_code_10, icd_code(diagnosis_code_11) AS diagnosis_code_11,
        icd_code(diagnosis_code_12) AS diagnosis_code_12, icd_code(diagnosis_code_13) AS diagnosis_code_13,
        icd_code(diagnosis_code_14) AS diagnosis_code_14, icd_code(diagnosis_code_15) AS diagnosis_code_15,
        icd_code(diagnosis_code_16) AS diagnosis_code_16, icd_code(diagnosis_code_17) AS diagnosis_code_17,
        icd_code(diagnosis_code_18) AS diagnosis_code_18, icd_code(diagnosis_code_19) AS diagnosis_code_19,
        icd_code(diagnosis_code_20) AS diagnosis_code_20, icd_code(diagnosis_code_21) AS diagnosis_code_21,
        icd_code(diagnosis_code_22) AS diagnosis_code_22, icd_code(diagnosis_code_23) AS diagnosis_code_23,
        icd_code(diagnosis_code_24) AS diagnosis_code_24, icd_code(diagnosis_code_25) AS diagnosis_code_25, diagnosis_poa_1, diagnosis_poa_2,
        diagnosis_poa_3, diagnosis_poa_4, diagnosis_poa_5, diagnosis_poa_6, diagnosis_poa_7, diagnosis_poa_8, diagnosis_poa_9, diagnosis_poa_10,
        diagnosis_poa_11, diagnosis_poa_12, diagnosis_poa_13, diagnosis_poa_14, diagnosis_poa_15, diagnosis_poa_16, diagnosis_poa_17,
        diagnosis_poa_18,
        diagnosis_poa_19, diagnosis_poa_20, diagnosis_poa_21, diagnosis_poa_22, diagnosis_poa_23, diagnosis_poa_24, diagnosis_poa_25,
        coalesce(normal_system(procedure_code_type), 'ICD10PCS') AS procedure_code_type, icd_code(procedure_code_1) AS procedure_code_1,
        icd_code(procedure_code_2) AS procedure_code_2, icd_code(procedure_code_3) AS procedure_code_3,
        icd_code(procedure_code_4) AS procedure_code_4,
        icd_code(procedure_code_5) AS procedure_code_5, icd_code(procedure_code_6) AS procedure_code_6,
        icd_code(procedure_code_7) AS procedure_code_7,
        icd_code(procedure_code_8) AS procedure_code_8, icd_code(procedure_code_9) AS procedure_code_9,
        icd_code(procedure_code_10) AS procedure_code_10,
        icd_code(procedure_code_11) AS procedure_code_11, icd_code(procedure_code_12) AS procedure_code_12,
        icd_code(procedure_code_13) AS procedure_code_13, icd_code(procedure_code_14) AS procedure_code_14,
        icd_code(procedure_code_15) AS procedure_code_15, icd_code(procedure_code_16) AS procedure_code_16,
        icd_code(procedure_code_17) AS procedure_code_17, icd_code(procedure_code_18) AS procedure_code_18,
        icd_code(procedure_code_19) AS procedure_code_19, icd_code(procedure_code_20) AS procedure_code_20,
        icd_code(procedure_code_21) AS procedure_code_21, icd_code(procedure_code_22) AS procedure_code_22,
        icd_code(procedure_code_23) AS procedure_code_23, icd_code(procedure_code_24) AS procedure_code_24,
        icd_code(procedure_code_25) AS procedure_code_25, procedure_date_1, procedure_date_2, procedure_date_3, procedure_date_4, procedure_date_5,
        procedure_date_6, procedure_date_7, procedure_date_8, procedure_date_9, procedure_date_10, procedure_date_11, procedure_date_12,
        procedure_date_13, procedure_date_14, procedure_date_15, procedure_date_16, procedure_date_17, procedure_date_18, procedure_date_19,
        procedure_date_20, procedure_date_21, procedure_date_22, procedure_date_23, procedure_date_24, procedure_date_25, in_network_flag,
        coalesce(lower(claim_status), 'paid') AS claim_status, coalesce(lower(line_status), lower(claim_status), 'paid') AS line_status,
        adjustment_of(adjustment_type, bill_type_code) AS adjustment_type, original_claim_id, received_date, normal_codes(codes) AS codes,
        normal_codes(diagnosis_codes) AS diagnosis_codes, encounter_id, data_source, file_name,
        modifiers(hcpcs_modifier_1, hcpcs_modifier_2, hcpcs_modifier_3, hcpcs_modifier_4, hcpcs_modifier_5) AS modifiers
    FROM extract.medical_claim
    ANTI JOIN (SELECT source_row FROM extract.set_aside WHERE table_name = 'medical_claim') AS aside USING (source_row)
),
filled AS (
    SELECT *, coalesce(*COLUMNS('^diagnosis_code_([3-9]|1\d|2\d)$')) AS third,
        coalesce(*COLUMNS('^diagnosis_code_([7-9]|1\d|2\d)$')) AS seventh
    FROM line
)
SELECT * EXCLUDE (third, seventh),
    -- Its numbered diagnoses as a list, for those who look through all of them. Most claims have few: a short list where the others are empty.
    CASE WHEN third IS NULL THEN [diagnosis_code_1, diagnosis_code_2]
        WHEN seventh IS NULL THEN [diagnosis_code_1, diagnosis_code_2, diagnosis_code_3, diagnosis_code_4, diagnosis_code_5, diagnosis_code_6]
        ELSE [
            diagnosis_code_1, diagnosis_code_2, diagnosis_code_3, diagnosis_code_4, diagnosis_code_5, diagnosis_code_6, diagnosis_code_7,
            diagnosis_code_8, diagnosis_code_9, diagnosis_code_10, diagnosis_code_11, diagnosis_code_12, diagnosis_code_13, diagnosis_code_14,
            diagnosis_code_15, diagnosis_code_16, diagnosis_code_17, diagnosis_code_18, diagnosis_code_19, diagnosis_code_20, diagnosis_code_21,
            diagnosis_code_22, diagnosis_code_23, diagnosis_code_24, diagnosis_code_25] END AS diagnoses
FROM filled

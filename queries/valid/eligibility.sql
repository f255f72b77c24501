-- coverage span as sent: person, member, payer, plan, source
-- view
SELECT
    person, source_row, person_id, member_id, subscriber_id, gender, race, ethnicity, birth_date, death_date, death_flag, enrollment_start_date,
    enrollment_end_date, payer, payer_type, plan, original_reason_entitlement_code, dual_status_code, medicare_status_code, enrollment_status,
    hospice_flag, institutional_snp_flag, long_term_institutional_flag, group_id, group_name, name_suffix, first_name, middle_name, last_name,
    subscriber_relation, state, zip_code, phone, product_line, benefit_medical, benefit_pharmacy, benefit_dental, benefit_mental_health,
    benefit_chemical_dependency, contract_id, pbp_id, snp_type, medicare_beneficiary_id, race_omb, ethnicity_omb, race_source, ethnicity_source,
    language_spoken, language_written, interpreter_needed, sex_at_birth, gender_identity, data_source, file_name
FROM extract.eligibility
WHERE broken_rule IS NULL

-- The extract contract, version 1: the Tuva Input Layer (v0.18, Apache-2.0) by name and type, and our extension.
-- Contract, test fixture and data dictionary in one. Every table also gets, at intake, the columns person_key BIGINT (from the
-- person registry) and source_row BIGINT (file number and row number), which no sender gives.
-- A CHECK is a rule: its name is the rule id, the words after it say what is wrong and what to do. A row that breaks one is refused.

CREATE TABLE eligibility (
    person_id VARCHAR NOT NULL, member_id VARCHAR, subscriber_id VARCHAR, gender VARCHAR, race VARCHAR, ethnicity VARCHAR, birth_date DATE,
    death_date DATE, death_flag INTEGER, enrollment_start_date DATE, enrollment_end_date DATE, year_month VARCHAR, payer VARCHAR, payer_type VARCHAR,
    plan VARCHAR, original_reason_entitlement_code VARCHAR, dual_status_code VARCHAR, medicare_status_code VARCHAR,
    enrollment_status VARCHAR, hospice_flag INTEGER, institutional_snp_flag INTEGER, long_term_institutional_flag INTEGER, group_id VARCHAR,
    group_name VARCHAR, name_suffix VARCHAR, first_name VARCHAR, middle_name VARCHAR, last_name VARCHAR, social_security_number VARCHAR,
    subscriber_relation VARCHAR, address VARCHAR, city VARCHAR, state VARCHAR, zip_code VARCHAR, phone VARCHAR, email VARCHAR, product_line VARCHAR,
    benefit_medical BOOLEAN, benefit_pharmacy BOOLEAN, benefit_dental BOOLEAN, benefit_mental_health BOOLEAN, benefit_chemical_dependency BOOLEAN,
    contract_id VARCHAR, pbp_id VARCHAR, snp_type VARCHAR, medicare_beneficiary_id VARCHAR, race_omb VARCHAR, ethnicity_omb VARCHAR,
    race_source VARCHAR, ethnicity_source VARCHAR, language_spoken VARCHAR, language_written VARCHAR, interpreter_needed BOOLEAN,
    sex_at_birth VARCHAR, gender_identity VARCHAR, part_b_start_date DATE, low_income_subsidy BOOLEAN, data_source VARCHAR NOT NULL, file_name VARCHAR, file_date DATE, ingest_datetime TIMESTAMP,
    record_action VARCHAR, source_updated_at TIMESTAMP,
    CONSTRAINT eligibility_41_start_date CHECK (coalesce(enrollment_start_date, DATE '2000-01-01') BETWEEN DATE '1900-01-01' AND DATE '2100-12-31'), -- the span starts on no real day | send the first day covered
    CONSTRAINT eligibility_70_end_before_start CHECK (enrollment_end_date >= enrollment_start_date), -- the span ends before it starts | send the first and the last day covered, both inclusive; nothing for a span that was taken back
    CONSTRAINT eligibility_42_death_before_birth CHECK (death_date >= birth_date), -- died before birth | correct the birth or the death date
    CONSTRAINT eligibility_85_no_start CHECK (enrollment_start_date IS NOT NULL OR regexp_matches(coalesce(year_month, ''), '^\d{4}-?(0[1-9]|1[0-2])$')) -- neither a first day nor a month of coverage | send enrollment_start_date, or year_month as YYYYMM
);
COMMENT ON TABLE eligibility IS 'coverage span: person, member, payer, plan, source';
COMMENT ON COLUMN eligibility.person_id IS 'Person id of the source';
COMMENT ON COLUMN eligibility.member_id IS 'Member id at the plan';
COMMENT ON COLUMN eligibility.subscriber_id IS 'Subscriber id; dependents share it';
COMMENT ON COLUMN eligibility.gender IS 'male, female or unknown';
COMMENT ON COLUMN eligibility.race IS 'As sent';
COMMENT ON COLUMN eligibility.ethnicity IS 'As sent';
COMMENT ON COLUMN eligibility.death_flag IS '1 = died';
COMMENT ON COLUMN eligibility.enrollment_start_date IS 'First day covered';
COMMENT ON COLUMN eligibility.enrollment_end_date IS 'Last day covered, inclusive; NULL, 9999-12-31 and 2099-12-31 all mean open';
COMMENT ON COLUMN eligibility.year_month IS 'YYYYMM: one month of coverage, from feeds that send member months instead of spans';
COMMENT ON COLUMN eligibility.payer_type IS 'commercial, medicare, medicaid, self-insured, ...';
COMMENT ON COLUMN eligibility.original_reason_entitlement_code IS 'Medicare OREC';
COMMENT ON COLUMN eligibility.dual_status_code IS 'Medicare dual status';
COMMENT ON COLUMN eligibility.hospice_flag IS '1 = hospice elected in the span';
COMMENT ON COLUMN eligibility.institutional_snp_flag IS '1 = enrolled in an institutional SNP';
COMMENT ON COLUMN eligibility.long_term_institutional_flag IS '1 = long-term institutional';
COMMENT ON COLUMN eligibility.group_id IS 'Employer group';
COMMENT ON COLUMN eligibility.product_line IS 'commercial, medicaid, medicare or marketplace';
COMMENT ON COLUMN eligibility.benefit_medical IS 'NULL = not sent: the configured default applies and is counted';
COMMENT ON COLUMN eligibility.contract_id IS 'Medicare contract (H number)';
COMMENT ON COLUMN eligibility.pbp_id IS 'Plan benefit package';
COMMENT ON COLUMN eligibility.snp_type IS 'Special needs plan: C-SNP, D-SNP or I-SNP; NULL = the plan is none';
COMMENT ON COLUMN eligibility.medicare_beneficiary_id IS 'MBI: the registry may match on it';
COMMENT ON COLUMN eligibility.part_b_start_date IS 'Since when Medicare Part B has been held without a break; NULL = not sent';
COMMENT ON COLUMN eligibility.low_income_subsidy IS 'Medicare Part D low-income subsidy; NULL = not sent';
COMMENT ON COLUMN eligibility.race_source IS 'direct, indirect or unknown';
COMMENT ON COLUMN eligibility.language_spoken IS 'BCP 47';
COMMENT ON COLUMN eligibility.language_written IS 'BCP 47';

CREATE TABLE medical_claim (
    claim_id VARCHAR NOT NULL, claim_line_number INTEGER NOT NULL, claim_type VARCHAR, person_id VARCHAR NOT NULL, member_id VARCHAR, payer VARCHAR,
    plan VARCHAR, claim_start_date DATE, claim_end_date DATE, claim_line_start_date DATE, claim_line_end_date DATE, admission_date DATE,
    discharge_date DATE, admit_source_code VARCHAR, admit_type_code VARCHAR, discharge_disposition_code VARCHAR, place_of_service_code VARCHAR,
    bill_type_code VARCHAR, drg_code_type VARCHAR, drg_code VARCHAR, revenue_center_code VARCHAR, service_unit_quantity DOUBLE, hcpcs_code VARCHAR,
    hcpcs_modifier_1 VARCHAR, hcpcs_modifier_2 VARCHAR, hcpcs_modifier_3 VARCHAR, hcpcs_modifier_4 VARCHAR, hcpcs_modifier_5 VARCHAR,
    rendering_npi VARCHAR, rendering_tin VARCHAR, billing_npi VARCHAR, billing_tin VARCHAR, facility_npi VARCHAR, paid_date DATE, paid_amount DOUBLE,
    allowed_amount DOUBLE, charge_amount DOUBLE, coinsurance_amount DOUBLE, copayment_amount DOUBLE, deductible_amount DOUBLE,
    total_cost_amount DOUBLE, diagnosis_code_type VARCHAR, diagnosis_code_1 VARCHAR, diagnosis_code_2 VARCHAR, diagnosis_code_3 VARCHAR,
    diagnosis_code_4 VARCHAR, diagnosis_code_5 VARCHAR, diagnosis_code_6 VARCHAR, diagnosis_code_7 VARCHAR, diagnosis_code_8 VARCHAR,
    diagnosis_code_9 VARCHAR, diagnosis_code_10 VARCHAR, diagnosis_code_11 VARCHAR, diagnosis_code_12 VARCHAR, diagnosis_code_13 VARCHAR,
    diagnosis_code_14 VARCHAR, diagnosis_code_15 VARCHAR, diagnosis_code_16 VARCHAR, diagnosis_code_17 VARCHAR, diagnosis_code_18 VARCHAR,
    diagnosis_code_19 VARCHAR, diagnosis_code_20 VARCHAR, diagnosis_code_21 VARCHAR, diagnosis_code_22 VARCHAR, diagnosis_code_23 VARCHAR,
    diagnosis_code_24 VARCHAR, diagnosis_code_25 VARCHAR, diagnosis_poa_1 VARCHAR, diagnosis_poa_2 VARCHAR, diagnosis_poa_3 VARCHAR,
    diagnosis_poa_4 VARCHAR, diagnosis_poa_5 VARCHAR, diagnosis_poa_6 VARCHAR, diagnosis_poa_7 VARCHAR, diagnosis_poa_8 VARCHAR,
    diagnosis_poa_9 VARCHAR, diagnosis_poa_10 VARCHAR, diagnosis_poa_11 VARCHAR, diagnosis_poa_12 VARCHAR, diagnosis_poa_13 VARCHAR,
    diagnosis_poa_14 VARCHAR, diagnosis_poa_15 VARCHAR, diagnosis_poa_16 VARCHAR, diagnosis_poa_17 VARCHAR, diagnosis_poa_18 VARCHAR,
    diagnosis_poa_19 VARCHAR, diagnosis_poa_20 VARCHAR, diagnosis_poa_21 VARCHAR, diagnosis_poa_22 VARCHAR, diagnosis_poa_23 VARCHAR,
    diagnosis_poa_24 VARCHAR, diagnosis_poa_25 VARCHAR, procedure_code_type VARCHAR, procedure_code_1 VARCHAR, procedure_code_2 VARCHAR,
    procedure_code_3 VARCHAR, procedure_code_4 VARCHAR, procedure_code_5 VARCHAR, procedure_code_6 VARCHAR, procedure_code_7 VARCHAR,
    procedure_code_8 VARCHAR, procedure_code_9 VARCHAR, procedure_code_10 VARCHAR, procedure_code_11 VARCHAR, procedure_code_12 VARCHAR,
    procedure_code_13 VARCHAR, procedure_code_14 VARCHAR, procedure_code_15 VARCHAR, procedure_code_16 VARCHAR, procedure_code_17 VARCHAR,
    procedure_code_18 VARCHAR, procedure_code_19 VARCHAR, procedure_code_20 VARCHAR, procedure_code_21 VARCHAR, procedure_code_22 VARCHAR,
    procedure_code_23 VARCHAR, procedure_code_24 VARCHAR, procedure_code_25 VARCHAR, procedure_date_1 DATE, procedure_date_2 DATE,
    procedure_date_3 DATE, procedure_date_4 DATE, procedure_date_5 DATE, procedure_date_6 DATE, procedure_date_7 DATE, procedure_date_8 DATE,
    procedure_date_9 DATE, procedure_date_10 DATE, procedure_date_11 DATE, procedure_date_12 DATE, procedure_date_13 DATE, procedure_date_14 DATE,
    procedure_date_15 DATE, procedure_date_16 DATE, procedure_date_17 DATE, procedure_date_18 DATE, procedure_date_19 DATE, procedure_date_20 DATE,
    procedure_date_21 DATE, procedure_date_22 DATE, procedure_date_23 DATE, procedure_date_24 DATE, procedure_date_25 DATE, in_network_flag INTEGER,
    claim_status VARCHAR, line_status VARCHAR, adjustment_type VARCHAR, original_claim_id VARCHAR, received_date DATE,
    codes STRUCT(code_system VARCHAR, code VARCHAR)[], diagnosis_codes STRUCT(code_system VARCHAR, code VARCHAR)[], encounter_id VARCHAR,
    data_source VARCHAR NOT NULL, file_name VARCHAR, file_date DATE, ingest_datetime TIMESTAMP, record_action VARCHAR, source_updated_at TIMESTAMP,
    CONSTRAINT claim_41_service_date CHECK (coalesce(claim_line_start_date, claim_start_date) BETWEEN DATE '1901-01-01' AND DATE '2100-12-31'), -- the day of service is a placeholder (1900-01-01, 9999-12-31) | send the day of service
    CONSTRAINT claim_41_no_service_date CHECK (claim_line_start_date IS NOT NULL OR claim_start_date IS NOT NULL), -- no day of service on the line or on the claim | send claim_line_start_date or claim_start_date
    CONSTRAINT claim_42_end_before_start CHECK (CASE WHEN claim_line_start_date IS NULL THEN claim_end_date >= claim_start_date ELSE claim_line_end_date >= claim_line_start_date END), -- the service ends before it starts | correct the days of service
    CONSTRAINT claim_42_discharge_before_admission CHECK (discharge_date >= admission_date), -- discharged before admitted | correct the days of admission and discharge
    CONSTRAINT claim_42_future CHECK (coalesce(claim_line_start_date, claim_start_date) <= coalesce(file_date, CAST(ingest_datetime AS DATE)) + 1), -- the day of service lies after the day of the file | correct the day of service, or send the claim when the service is done
    CONSTRAINT claim_34_icd_version CHECK (diagnosis_code_1 IS NULL OR CASE WHEN diagnosis_code_type IN ('icd-9-cm', 'ICD9CM') THEN coalesce(claim_line_start_date, claim_start_date) < DATE '2015-10-01' WHEN diagnosis_code_type IN ('icd-10-cm', 'ICD10CM') THEN coalesce(claim_line_end_date, claim_end_date, claim_line_start_date, claim_start_date) >= DATE '2015-10-01' ELSE TRUE END) -- ICD-9 after 1 October 2015, or ICD-10 before | correct diagnosis_code_type or the day of service
);
COMMENT ON TABLE medical_claim IS 'claim line';
COMMENT ON COLUMN medical_claim.claim_type IS 'institutional, professional, ...';
COMMENT ON COLUMN medical_claim.person_id IS 'Person id of the source';
COMMENT ON COLUMN medical_claim.claim_line_start_date IS 'Date of service of the line; wins over the header';
COMMENT ON COLUMN medical_claim.discharge_disposition_code IS 'UB-04 patient status';
COMMENT ON COLUMN medical_claim.hcpcs_code IS 'CPT, CPT II or HCPCS';
COMMENT ON COLUMN medical_claim.diagnosis_code_type IS 'icd-10-cm or icd-9-cm';
COMMENT ON COLUMN medical_claim.procedure_code_type IS 'icd-10-pcs or icd-9-pcs';
COMMENT ON COLUMN medical_claim.claim_status IS 'paid, denied, reversed or pending; NULL = paid';
COMMENT ON COLUMN medical_claim.line_status IS 'Status of the line where it differs from the claim';
COMMENT ON COLUMN medical_claim.adjustment_type IS 'original, replacement or void; NULL = original';
COMMENT ON COLUMN medical_claim.original_claim_id IS 'Claim that this one replaces or voids';
COMMENT ON COLUMN medical_claim.received_date IS 'When the plan received it';
COMMENT ON COLUMN medical_claim.codes IS 'All codings of the line beyond hcpcs_code (FHIR-born claims carry SNOMED, CVX, LOINC, RxNorm)';
COMMENT ON COLUMN medical_claim.diagnosis_codes IS 'Diagnoses beyond diagnosis_code_1..25, with their system';
COMMENT ON COLUMN medical_claim.encounter_id IS 'Encounter that the claim bills, where the source links them';

CREATE TABLE pharmacy_claim (
    claim_id VARCHAR NOT NULL, claim_line_number INTEGER NOT NULL, person_id VARCHAR NOT NULL, member_id VARCHAR, payer VARCHAR, plan VARCHAR,
    prescribing_provider_npi VARCHAR, dispensing_provider_npi VARCHAR, dispensing_date DATE NOT NULL, ndc_code VARCHAR, quantity DOUBLE,
    days_supply INTEGER, refills INTEGER, paid_date DATE, paid_amount DOUBLE, allowed_amount DOUBLE, charge_amount DOUBLE, coinsurance_amount DOUBLE,
    copayment_amount DOUBLE, deductible_amount DOUBLE, in_network_flag INTEGER, claim_status VARCHAR, line_status VARCHAR, adjustment_type VARCHAR,
    original_claim_id VARCHAR, received_date DATE, codes STRUCT(code_system VARCHAR, code VARCHAR)[], data_source VARCHAR NOT NULL,
    file_name VARCHAR, file_date DATE, ingest_datetime TIMESTAMP, record_action VARCHAR, source_updated_at TIMESTAMP,
    CONSTRAINT fill_41_dispensing_date CHECK (dispensing_date BETWEEN DATE '1901-01-01' AND DATE '2100-12-31'), -- the fill day is a placeholder | send the day on which the drug was dispensed
    CONSTRAINT fill_42_future CHECK (dispensing_date <= coalesce(file_date, CAST(ingest_datetime AS DATE)) + 1) -- the fill day lies after the day of the file | correct the fill day
);
COMMENT ON TABLE pharmacy_claim IS 'claim line';
COMMENT ON COLUMN pharmacy_claim.person_id IS 'Person id of the source';
COMMENT ON COLUMN pharmacy_claim.ndc_code IS '11 digits, no dashes';
COMMENT ON COLUMN pharmacy_claim.claim_status IS 'paid, denied, reversed or pending; NULL = paid';
COMMENT ON COLUMN pharmacy_claim.line_status IS 'Status of the line where it differs from the claim';
COMMENT ON COLUMN pharmacy_claim.adjustment_type IS 'original, replacement or void; NULL = original';
COMMENT ON COLUMN pharmacy_claim.original_claim_id IS 'Claim that this one replaces or voids';
COMMENT ON COLUMN pharmacy_claim.received_date IS 'When the plan received it';
COMMENT ON COLUMN pharmacy_claim.codes IS 'Drug codes other than NDC (RxNorm)';

CREATE TABLE provider_attribution (
    person_id VARCHAR NOT NULL, member_id VARCHAR, payer VARCHAR, plan VARCHAR, year_month VARCHAR, attribution_start_date DATE,
    attribution_end_date DATE, payer_attributed_provider VARCHAR, payer_attributed_provider_practice VARCHAR,
    payer_attributed_provider_organization VARCHAR, payer_attributed_provider_lob VARCHAR, custom_attributed_provider VARCHAR,
    custom_attributed_provider_practice VARCHAR, custom_attributed_provider_organization VARCHAR, custom_attributed_provider_lob VARCHAR,
    provider_npi VARCHAR, practice_tin VARCHAR, practice_id VARCHAR, organization_id VARCHAR, lob VARCHAR, attribution_method VARCHAR,
    data_source VARCHAR NOT NULL, file_name VARCHAR, file_date DATE, ingest_datetime TIMESTAMP, record_action VARCHAR, source_updated_at TIMESTAMP,
    CONSTRAINT attribution_70_end_before_start CHECK (attribution_end_date >= attribution_start_date), -- the span ends before it starts | send the first and the last day, both inclusive
    CONSTRAINT attribution_85_no_start CHECK (attribution_start_date IS NOT NULL OR regexp_matches(coalesce(year_month, ''), '^\d{4}-?(0[1-9]|1[0-2])$')) -- neither a first day nor a month | send attribution_start_date, or year_month as YYYYMM
);
COMMENT ON TABLE provider_attribution IS 'attribution span: person, plan, provider (Tuva''s year_month rows are loaded as one-month spans)';
COMMENT ON COLUMN provider_attribution.person_id IS 'Person id of the source';
COMMENT ON COLUMN provider_attribution.year_month IS 'YYYYMM; or give start and end';
COMMENT ON COLUMN provider_attribution.attribution_end_date IS 'inclusive; NULL = open';
COMMENT ON COLUMN provider_attribution.organization_id IS 'Physician group';
COMMENT ON COLUMN provider_attribution.attribution_method IS 'roster, claims, visit, custom';

CREATE TABLE patient (
    person_id VARCHAR NOT NULL, patient_id VARCHAR, first_name VARCHAR, middle_name VARCHAR, last_name VARCHAR, name_suffix VARCHAR, sex VARCHAR,
    race VARCHAR, ethnicity VARCHAR, birth_date DATE, death_date DATE, death_instant TIMESTAMP, death_flag INTEGER, social_security_number VARCHAR,
    medicare_beneficiary_id VARCHAR, medical_record_number VARCHAR, address VARCHAR, city VARCHAR, state VARCHAR, zip_code VARCHAR, county VARCHAR,
    latitude DOUBLE, longitude DOUBLE, phone VARCHAR, email VARCHAR, us_core_sex VARCHAR, sex_at_birth VARCHAR, gender_identity VARCHAR,
    race_omb VARCHAR, ethnicity_omb VARCHAR, race_source VARCHAR, ethnicity_source VARCHAR, language_spoken VARCHAR, language_written VARCHAR,
    interpreter_needed BOOLEAN, general_practitioner_id VARCHAR, data_source VARCHAR NOT NULL, file_name VARCHAR, file_date DATE,
    ingest_datetime TIMESTAMP, record_action VARCHAR, source_updated_at TIMESTAMP,
    CONSTRAINT patient_42_death_before_birth CHECK (death_date >= birth_date) -- died before birth | correct the birth or the death date
);
COMMENT ON TABLE patient IS 'person and source';
COMMENT ON COLUMN patient.person_id IS 'Person id of the source';
COMMENT ON COLUMN patient.sex IS 'male, female, unknown, other (administrative)';
COMMENT ON COLUMN patient.medicare_beneficiary_id IS 'MBI';
COMMENT ON COLUMN patient.us_core_sex IS 'Code of the us-core-sex extension (SNOMED 248152002 female, 248153007 male)';
COMMENT ON COLUMN patient.race_omb IS 'OMB top-level race code';
COMMENT ON COLUMN patient.ethnicity_omb IS 'OMB ethnicity code';

CREATE TABLE encounter (
    encounter_id VARCHAR NOT NULL, person_id VARCHAR NOT NULL, patient_id VARCHAR, encounter_type VARCHAR, encounter_start_date DATE,
    encounter_start_instant TIMESTAMP, encounter_start_offset_minutes SMALLINT, encounter_start_precision VARCHAR, encounter_end_date DATE,
    encounter_end_instant TIMESTAMP, encounter_end_offset_minutes SMALLINT, encounter_end_precision VARCHAR, length_of_stay INTEGER,
    admit_source_code VARCHAR, admit_type_code VARCHAR, discharge_disposition_code VARCHAR, attending_provider_id VARCHAR,
    attending_provider_name VARCHAR, facility_id VARCHAR, facility_name VARCHAR, primary_diagnosis_code_type VARCHAR, primary_diagnosis_code VARCHAR,
    drg_code_type VARCHAR, drg_code VARCHAR, paid_amount DOUBLE, allowed_amount DOUBLE, charge_amount DOUBLE, status VARCHAR,
    encounter_class VARCHAR, codes STRUCT(code_system VARCHAR, code VARCHAR)[], reason_codes STRUCT(code_system VARCHAR, code VARCHAR)[],
    discharge_disposition_codes STRUCT(code_system VARCHAR, code VARCHAR)[], diagnoses STRUCT(condition_id VARCHAR, rank INTEGER, use VARCHAR)[],
    location_ids VARCHAR[], provider_npi VARCHAR, profiles VARCHAR[], data_source VARCHAR NOT NULL, file_name VARCHAR, file_date DATE,
    ingest_datetime TIMESTAMP, record_action VARCHAR, source_updated_at TIMESTAMP
);
COMMENT ON TABLE encounter IS 'encounter';
COMMENT ON COLUMN encounter.person_id IS 'Person id of the source';
COMMENT ON COLUMN encounter.encounter_type IS 'Tuva''s word, where sent';
COMMENT ON COLUMN encounter.encounter_start_date IS 'Start: day as written at the source (local)';
COMMENT ON COLUMN encounter.encounter_start_instant IS 'Start: UTC instant; NULL when the source gave a day only';
COMMENT ON COLUMN encounter.encounter_start_offset_minutes IS 'Start: UTC offset as written';
COMMENT ON COLUMN encounter.encounter_start_precision IS 'Start: year, month, day or instant';
COMMENT ON COLUMN encounter.encounter_end_date IS 'End; NULL with a start = not ended (open): day as written at the source (local)';
COMMENT ON COLUMN encounter.encounter_end_instant IS 'End; NULL with a start = not ended (open): UTC instant; NULL when the source gave a day only';
COMMENT ON COLUMN encounter.encounter_end_offset_minutes IS 'End; NULL with a start = not ended (open): UTC offset as written';
COMMENT ON COLUMN encounter.encounter_end_precision IS 'End; NULL with a start = not ended (open): year, month, day or instant';
COMMENT ON COLUMN encounter.status IS 'FHIR Encounter.status';
COMMENT ON COLUMN encounter.encounter_class IS 'FHIR Encounter.class code: AMB, EMER, IMP, VR, ...';
COMMENT ON COLUMN encounter.codes IS 'Encounter.type codings';
COMMENT ON COLUMN encounter.reason_codes IS 'Encounter.reasonCode codings';
COMMENT ON COLUMN encounter.diagnoses IS 'Encounter.diagnosis: linked conditions';
COMMENT ON COLUMN encounter.profiles IS 'Last parts of meta.profile';

CREATE TABLE condition (
    condition_id VARCHAR NOT NULL, payer VARCHAR, person_id VARCHAR NOT NULL, patient_id VARCHAR, encounter_id VARCHAR, claim_id VARCHAR,
    recorded_date DATE, recorded_instant TIMESTAMP, recorded_offset_minutes SMALLINT, recorded_precision VARCHAR, onset_date DATE,
    onset_instant TIMESTAMP, onset_offset_minutes SMALLINT, onset_precision VARCHAR, onset_end_date DATE, onset_end_instant TIMESTAMP,
    onset_end_offset_minutes SMALLINT, onset_end_precision VARCHAR, resolved_date DATE, abatement_instant TIMESTAMP,
    abatement_offset_minutes SMALLINT, abatement_precision VARCHAR, abatement_unknown BOOLEAN, status VARCHAR, condition_type VARCHAR,
    source_code_type VARCHAR, source_code VARCHAR, source_description VARCHAR, normalized_code_type VARCHAR, normalized_code VARCHAR,
    normalized_description VARCHAR, condition_rank INTEGER, present_on_admit_code VARCHAR, clinical_status VARCHAR, verification_status VARCHAR,
    categories VARCHAR[], codes STRUCT(code_system VARCHAR, code VARCHAR)[], body_site_codes STRUCT(code_system VARCHAR, code VARCHAR)[],
    severity_codes STRUCT(code_system VARCHAR, code VARCHAR)[], profiles VARCHAR[], record_source VARCHAR, audit_status VARCHAR, psv_date DATE,
    proof_uri VARCHAR, data_source VARCHAR NOT NULL, file_name VARCHAR, file_date DATE, ingest_datetime TIMESTAMP, record_action VARCHAR,
    source_updated_at TIMESTAMP
);
COMMENT ON TABLE condition IS 'condition (problem or diagnosis)';
COMMENT ON COLUMN condition.person_id IS 'Person id of the source';
COMMENT ON COLUMN condition.recorded_date IS 'Recorded: day as written at the source (local)';
COMMENT ON COLUMN condition.recorded_instant IS 'Recorded: UTC instant; NULL when the source gave a day only';
COMMENT ON COLUMN condition.recorded_offset_minutes IS 'Recorded: UTC offset as written';
COMMENT ON COLUMN condition.recorded_precision IS 'Recorded: year, month, day or instant';
COMMENT ON COLUMN condition.onset_date IS 'Onset (start); from an age: the birthday: day as written at the source (local)';
COMMENT ON COLUMN condition.onset_instant IS 'Onset (start); from an age: the birthday: UTC instant; NULL when the source gave a day only';
COMMENT ON COLUMN condition.onset_offset_minutes IS 'Onset (start); from an age: the birthday: UTC offset as written';
COMMENT ON COLUMN condition.onset_precision IS 'Onset (start); from an age: the birthday: year, month, day or instant';
COMMENT ON COLUMN condition.onset_end_date IS 'End of an onset period: day as written at the source (local)';
COMMENT ON COLUMN condition.onset_end_instant IS 'End of an onset period: UTC instant; NULL when the source gave a day only';
COMMENT ON COLUMN condition.onset_end_offset_minutes IS 'End of an onset period: UTC offset as written';
COMMENT ON COLUMN condition.onset_end_precision IS 'End of an onset period: year, month, day or instant';
COMMENT ON COLUMN condition.resolved_date IS 'Abatement (end): day as written at the source (local)';
COMMENT ON COLUMN condition.abatement_instant IS 'Abatement (end): UTC instant; NULL when the source gave a day only';
COMMENT ON COLUMN condition.abatement_offset_minutes IS 'Abatement (end): UTC offset as written';
COMMENT ON COLUMN condition.abatement_precision IS 'Abatement (end): year, month, day or instant';
COMMENT ON COLUMN condition.abatement_unknown IS 'An abatement was sent without a usable end';
COMMENT ON COLUMN condition.status IS 'Tuva''s word';
COMMENT ON COLUMN condition.source_code_type IS 'As sent: code system';
COMMENT ON COLUMN condition.source_code IS 'As sent: code';
COMMENT ON COLUMN condition.source_description IS 'As sent: text';
COMMENT ON COLUMN condition.normalized_code_type IS 'Mapped by the sender: code system';
COMMENT ON COLUMN condition.normalized_code IS 'Mapped by the sender: code';
COMMENT ON COLUMN condition.normalized_description IS 'Mapped by the sender: text';
COMMENT ON COLUMN condition.clinical_status IS 'active, recurrence, relapse, inactive, remission, resolved';
COMMENT ON COLUMN condition.categories IS 'problem-list-item, health-concern, encounter-diagnosis';
COMMENT ON COLUMN condition.codes IS 'All codings';

CREATE TABLE procedure (
    procedure_id VARCHAR NOT NULL, person_id VARCHAR NOT NULL, patient_id VARCHAR, encounter_id VARCHAR, claim_id VARCHAR, procedure_date DATE,
    performed_instant TIMESTAMP, performed_offset_minutes SMALLINT, performed_precision VARCHAR, performed_end_date DATE,
    performed_end_instant TIMESTAMP, performed_end_offset_minutes SMALLINT, performed_end_precision VARCHAR, recorded_date DATE,
    recorded_instant TIMESTAMP, recorded_offset_minutes SMALLINT, recorded_precision VARCHAR, source_code_type VARCHAR, source_code VARCHAR,
    source_description VARCHAR, normalized_code_type VARCHAR, normalized_code VARCHAR, normalized_description VARCHAR, modifier_1 VARCHAR,
    modifier_2 VARCHAR, modifier_3 VARCHAR, modifier_4 VARCHAR, modifier_5 VARCHAR, practitioner_id VARCHAR, status VARCHAR, not_done BOOLEAN,
    status_reason_codes STRUCT(code_system VARCHAR, code VARCHAR)[], reason_codes STRUCT(code_system VARCHAR, code VARCHAR)[],
    codes STRUCT(code_system VARCHAR, code VARCHAR)[], body_site_codes STRUCT(code_system VARCHAR, code VARCHAR)[], categories VARCHAR[],
    profiles VARCHAR[], record_source VARCHAR, audit_status VARCHAR, psv_date DATE, proof_uri VARCHAR, data_source VARCHAR NOT NULL,
    file_name VARCHAR, file_date DATE, ingest_datetime TIMESTAMP, record_action VARCHAR, source_updated_at TIMESTAMP
);
COMMENT ON TABLE procedure IS 'procedure';
COMMENT ON COLUMN procedure.person_id IS 'Person id of the source';
COMMENT ON COLUMN procedure.procedure_date IS 'Performed (start): day as written at the source (local)';
COMMENT ON COLUMN procedure.performed_instant IS 'Performed (start): UTC instant; NULL when the source gave a day only';
COMMENT ON COLUMN procedure.performed_offset_minutes IS 'Performed (start): UTC offset as written';
COMMENT ON COLUMN procedure.performed_precision IS 'Performed (start): year, month, day or instant';
COMMENT ON COLUMN procedure.performed_end_date IS 'End; equals the start for a single moment, NULL = open: day as written at the source (local)';
COMMENT ON COLUMN procedure.performed_end_instant IS 'End; equals the start for a single moment, NULL = open: UTC instant; NULL when the source gave a day only';
COMMENT ON COLUMN procedure.performed_end_offset_minutes IS 'End; equals the start for a single moment, NULL = open: UTC offset as written';
COMMENT ON COLUMN procedure.performed_end_precision IS 'End; equals the start for a single moment, NULL = open: year, month, day or instant';
COMMENT ON COLUMN procedure.recorded_date IS 'Recorded (not-done records): day as written at the source (local)';
COMMENT ON COLUMN procedure.recorded_instant IS 'Recorded (not-done records): UTC instant; NULL when the source gave a day only';
COMMENT ON COLUMN procedure.recorded_offset_minutes IS 'Recorded (not-done records): UTC offset as written';
COMMENT ON COLUMN procedure.recorded_precision IS 'Recorded (not-done records): year, month, day or instant';
COMMENT ON COLUMN procedure.source_code_type IS 'As sent: code system';
COMMENT ON COLUMN procedure.source_code IS 'As sent: code';
COMMENT ON COLUMN procedure.source_description IS 'As sent: text';
COMMENT ON COLUMN procedure.normalized_code_type IS 'Mapped: code system';
COMMENT ON COLUMN procedure.normalized_code IS 'Mapped: code';
COMMENT ON COLUMN procedure.normalized_description IS 'Mapped: text';
COMMENT ON COLUMN procedure.status IS 'FHIR status';
COMMENT ON COLUMN procedure.not_done IS 'The record says that it was not done, not requested or refused';
COMMENT ON COLUMN procedure.status_reason_codes IS 'Why (not done, declined, medical reason)';
COMMENT ON COLUMN procedure.reason_codes IS 'reasonCode: why it was done or ordered';
COMMENT ON COLUMN procedure.codes IS 'All codings';

CREATE TABLE observation (
    observation_id VARCHAR NOT NULL, panel_id VARCHAR, person_id VARCHAR NOT NULL, patient_id VARCHAR, encounter_id VARCHAR, observation_date DATE,
    observed_instant TIMESTAMP, observed_offset_minutes SMALLINT, observed_precision VARCHAR, observed_end_date DATE, observed_end_instant TIMESTAMP,
    observed_end_offset_minutes SMALLINT, observed_end_precision VARCHAR, issued_date DATE, issued_instant TIMESTAMP, issued_offset_minutes SMALLINT,
    issued_precision VARCHAR, observation_type VARCHAR, source_code_type VARCHAR, source_code VARCHAR, source_description VARCHAR,
    normalized_code_type VARCHAR, normalized_code VARCHAR, normalized_description VARCHAR, result VARCHAR, result_numeric DOUBLE,
    result_comparator VARCHAR, result_codes STRUCT(code_system VARCHAR, code VARCHAR)[], result_type VARCHAR, units_ucum VARCHAR,
    data_absent_reason VARCHAR, source_units VARCHAR, normalized_units VARCHAR, source_reference_range_low VARCHAR,
    source_reference_range_high VARCHAR, status VARCHAR, not_done BOOLEAN, status_reason_codes STRUCT(code_system VARCHAR, code VARCHAR)[],
    reason_codes STRUCT(code_system VARCHAR, code VARCHAR)[], codes STRUCT(code_system VARCHAR, code VARCHAR)[], categories VARCHAR[],
    profiles VARCHAR[], is_component BOOLEAN, record_source VARCHAR, audit_status VARCHAR, psv_date DATE, proof_uri VARCHAR,
    data_source VARCHAR NOT NULL, file_name VARCHAR, file_date DATE, ingest_datetime TIMESTAMP, record_action VARCHAR, source_updated_at TIMESTAMP
);
COMMENT ON TABLE observation IS 'observation or component of one';
COMMENT ON COLUMN observation.panel_id IS 'Components carry the id of their observation; a panel carries its own';
COMMENT ON COLUMN observation.person_id IS 'Person id of the source';
COMMENT ON COLUMN observation.observation_date IS 'Effective (start): day as written at the source (local)';
COMMENT ON COLUMN observation.observed_instant IS 'Effective (start): UTC instant; NULL when the source gave a day only';
COMMENT ON COLUMN observation.observed_offset_minutes IS 'Effective (start): UTC offset as written';
COMMENT ON COLUMN observation.observed_precision IS 'Effective (start): year, month, day or instant';
COMMENT ON COLUMN observation.observed_end_date IS 'Effective end; equals the start for a single moment, NULL = open: day as written at the source (local)';
COMMENT ON COLUMN observation.observed_end_instant IS 'Effective end; equals the start for a single moment, NULL = open: UTC instant; NULL when the source gave a day only';
COMMENT ON COLUMN observation.observed_end_offset_minutes IS 'Effective end; equals the start for a single moment, NULL = open: UTC offset as written';
COMMENT ON COLUMN observation.observed_end_precision IS 'Effective end; equals the start for a single moment, NULL = open: year, month, day or instant';
COMMENT ON COLUMN observation.issued_date IS 'Issued: day as written at the source (local)';
COMMENT ON COLUMN observation.issued_instant IS 'Issued: UTC instant; NULL when the source gave a day only';
COMMENT ON COLUMN observation.issued_offset_minutes IS 'Issued: UTC offset as written';
COMMENT ON COLUMN observation.issued_precision IS 'Issued: year, month, day or instant';
COMMENT ON COLUMN observation.source_code_type IS 'As sent: code system';
COMMENT ON COLUMN observation.source_code IS 'As sent: code';
COMMENT ON COLUMN observation.source_description IS 'As sent: text';
COMMENT ON COLUMN observation.normalized_code_type IS 'Mapped: code system';
COMMENT ON COLUMN observation.normalized_code IS 'Mapped: code';
COMMENT ON COLUMN observation.normalized_description IS 'Mapped: text';
COMMENT ON COLUMN observation.result IS 'As sent';
COMMENT ON COLUMN observation.result_comparator IS '<, <=, >, >=';
COMMENT ON COLUMN observation.result_codes IS 'Coded result';
COMMENT ON COLUMN observation.result_type IS 'quantity, coded, integer, text, boolean, ...; NULL = no value';
COMMENT ON COLUMN observation.status IS 'FHIR status';
COMMENT ON COLUMN observation.not_done IS 'The record says that it was not done, not requested or refused';
COMMENT ON COLUMN observation.status_reason_codes IS 'Why (not done, declined, medical reason)';
COMMENT ON COLUMN observation.reason_codes IS 'reasonCode: why it was done or ordered';
COMMENT ON COLUMN observation.codes IS 'All codings';
COMMENT ON COLUMN observation.categories IS 'laboratory, vital-signs, survey, imaging, exam, ...';

CREATE TABLE lab_result (
    lab_result_id VARCHAR NOT NULL, person_id VARCHAR NOT NULL, patient_id VARCHAR, encounter_id VARCHAR, accession_number VARCHAR,
    source_order_code_type VARCHAR, source_order_code VARCHAR, source_order_description VARCHAR, source_component_code_type VARCHAR,
    source_component_code VARCHAR, source_component_description VARCHAR, normalized_order_code_type VARCHAR, normalized_order_code VARCHAR,
    normalized_order_description VARCHAR, normalized_component_code_type VARCHAR, normalized_component_code VARCHAR,
    normalized_component_description VARCHAR, status VARCHAR, result VARCHAR, result_numeric DOUBLE, result_comparator VARCHAR,
    result_codes STRUCT(code_system VARCHAR, code VARCHAR)[], result_type VARCHAR, units_ucum VARCHAR, data_absent_reason VARCHAR,
    result_datetime TIMESTAMP, collection_datetime TIMESTAMP, source_units VARCHAR, normalized_units VARCHAR, source_reference_range_low VARCHAR,
    source_reference_range_high VARCHAR, source_abnormal_flag VARCHAR, specimen VARCHAR, ordering_practitioner_id VARCHAR,
    codes STRUCT(code_system VARCHAR, code VARCHAR)[], record_source VARCHAR, audit_status VARCHAR, psv_date DATE, proof_uri VARCHAR,
    data_source VARCHAR NOT NULL, file_name VARCHAR, file_date DATE, ingest_datetime TIMESTAMP, record_action VARCHAR, source_updated_at TIMESTAMP,
    CONSTRAINT lab_98_future CHECK (CAST(coalesce(collection_datetime, result_datetime) AS DATE) <= coalesce(file_date, CAST(ingest_datetime AS DATE)) + 1), -- the specimen was taken after the day of the file | correct the day of collection
    CONSTRAINT lab_98_result_before_collection CHECK (CAST(result_datetime AS DATE) >= CAST(collection_datetime AS DATE)), -- the result is older than its specimen | correct the days of collection and result
    CONSTRAINT lab_41_date CHECK (coalesce(collection_datetime, result_datetime, TIMESTAMP '2000-01-01') BETWEEN TIMESTAMP '1901-01-01' AND TIMESTAMP '2100-12-31') -- the day is a placeholder (1900-01-01, 9999-12-31) | send the day on which the specimen was taken
);
COMMENT ON TABLE lab_result IS 'lab result component';
COMMENT ON COLUMN lab_result.person_id IS 'Person id of the source';
COMMENT ON COLUMN lab_result.source_order_code_type IS 'Order as sent: code system';
COMMENT ON COLUMN lab_result.source_order_code IS 'Order as sent: code';
COMMENT ON COLUMN lab_result.source_order_description IS 'Order as sent: text';
COMMENT ON COLUMN lab_result.source_component_code_type IS 'Component as sent: code system';
COMMENT ON COLUMN lab_result.source_component_code IS 'Component as sent: code';
COMMENT ON COLUMN lab_result.source_component_description IS 'Component as sent: text';
COMMENT ON COLUMN lab_result.normalized_order_code_type IS 'Order mapped: code system';
COMMENT ON COLUMN lab_result.normalized_order_code IS 'Order mapped: code';
COMMENT ON COLUMN lab_result.normalized_order_description IS 'Order mapped: text';
COMMENT ON COLUMN lab_result.normalized_component_code_type IS 'Component mapped: code system';
COMMENT ON COLUMN lab_result.normalized_component_code IS 'Component mapped: code';
COMMENT ON COLUMN lab_result.normalized_component_description IS 'Component mapped: text';
COMMENT ON COLUMN lab_result.status IS 'preliminary, final, amended, corrected, cancelled, entered-in-error';
COMMENT ON COLUMN lab_result.result IS 'As sent';
COMMENT ON COLUMN lab_result.result_comparator IS '<, <=, >, >=';
COMMENT ON COLUMN lab_result.result_codes IS 'Coded result';
COMMENT ON COLUMN lab_result.result_type IS 'quantity, coded, integer, text, boolean, ...; NULL = no value';
COMMENT ON COLUMN lab_result.collection_datetime IS 'Counts as the date of service; falls back to result_datetime';
COMMENT ON COLUMN lab_result.codes IS 'All codings of the component';

CREATE TABLE immunization (
    immunization_id VARCHAR NOT NULL, person_id VARCHAR NOT NULL, patient_id VARCHAR, encounter_id VARCHAR, source_code_type VARCHAR,
    source_code VARCHAR, source_description VARCHAR, normalized_code_type VARCHAR, normalized_code VARCHAR, normalized_description VARCHAR,
    status VARCHAR, status_reason VARCHAR, occurrence_date DATE, occurrence_instant TIMESTAMP, occurrence_offset_minutes SMALLINT,
    occurrence_precision VARCHAR, source_dose VARCHAR, normalized_dose VARCHAR, lot_number VARCHAR, body_site VARCHAR, route VARCHAR,
    location_id VARCHAR, practitioner_id VARCHAR, not_done BOOLEAN, status_reason_codes STRUCT(code_system VARCHAR, code VARCHAR)[],
    codes STRUCT(code_system VARCHAR, code VARCHAR)[], profiles VARCHAR[], record_source VARCHAR, audit_status VARCHAR, psv_date DATE,
    proof_uri VARCHAR, data_source VARCHAR NOT NULL, file_name VARCHAR, file_date DATE, ingest_datetime TIMESTAMP, record_action VARCHAR,
    source_updated_at TIMESTAMP
);
COMMENT ON TABLE immunization IS 'immunization';
COMMENT ON COLUMN immunization.person_id IS 'Person id of the source';
COMMENT ON COLUMN immunization.source_code_type IS 'As sent: code system';
COMMENT ON COLUMN immunization.source_code IS 'As sent: code';
COMMENT ON COLUMN immunization.source_description IS 'As sent: text';
COMMENT ON COLUMN immunization.normalized_code_type IS 'Mapped: code system';
COMMENT ON COLUMN immunization.normalized_code IS 'Mapped: code';
COMMENT ON COLUMN immunization.normalized_description IS 'Mapped: text';
COMMENT ON COLUMN immunization.status IS 'completed, not-done, entered-in-error';
COMMENT ON COLUMN immunization.occurrence_date IS 'Given: day as written at the source (local)';
COMMENT ON COLUMN immunization.occurrence_instant IS 'Given: UTC instant; NULL when the source gave a day only';
COMMENT ON COLUMN immunization.occurrence_offset_minutes IS 'Given: UTC offset as written';
COMMENT ON COLUMN immunization.occurrence_precision IS 'Given: year, month, day or instant';
COMMENT ON COLUMN immunization.codes IS 'All codings';

CREATE TABLE medication (
    medication_id VARCHAR NOT NULL, person_id VARCHAR NOT NULL, patient_id VARCHAR, encounter_id VARCHAR, dispensing_date DATE,
    dispensed_instant TIMESTAMP, dispensed_offset_minutes SMALLINT, dispensed_precision VARCHAR, prescribing_date DATE, source_code_type VARCHAR,
    source_code VARCHAR, source_description VARCHAR, ndc_code VARCHAR, ndc_description VARCHAR, rxnorm_code VARCHAR, rxnorm_description VARCHAR,
    atc_code VARCHAR, atc_description VARCHAR, route VARCHAR, strength VARCHAR, quantity DOUBLE, quantity_unit VARCHAR, days_supply INTEGER,
    practitioner_id VARCHAR, medication_kind VARCHAR, status VARCHAR, not_done BOOLEAN,
    status_reason_codes STRUCT(code_system VARCHAR, code VARCHAR)[], reason_codes STRUCT(code_system VARCHAR, code VARCHAR)[],
    codes STRUCT(code_system VARCHAR, code VARCHAR)[], profiles VARCHAR[], record_source VARCHAR, audit_status VARCHAR, psv_date DATE,
    proof_uri VARCHAR, data_source VARCHAR NOT NULL, file_name VARCHAR, file_date DATE, ingest_datetime TIMESTAMP, record_action VARCHAR,
    source_updated_at TIMESTAMP
);
COMMENT ON TABLE medication IS 'medication dispensed, given or stated';
COMMENT ON COLUMN medication.person_id IS 'Person id of the source';
COMMENT ON COLUMN medication.dispensing_date IS 'Handed over, given: day as written at the source (local)';
COMMENT ON COLUMN medication.dispensed_instant IS 'Handed over, given: UTC instant; NULL when the source gave a day only';
COMMENT ON COLUMN medication.dispensed_offset_minutes IS 'Handed over, given: UTC offset as written';
COMMENT ON COLUMN medication.dispensed_precision IS 'Handed over, given: year, month, day or instant';
COMMENT ON COLUMN medication.source_code_type IS 'As sent: code system';
COMMENT ON COLUMN medication.source_code IS 'As sent: code';
COMMENT ON COLUMN medication.source_description IS 'As sent: text';
COMMENT ON COLUMN medication.days_supply IS 'From the record, else quantity / (dose x doses a day)';
COMMENT ON COLUMN medication.medication_kind IS 'dispense, administration or statement';
COMMENT ON COLUMN medication.status IS 'FHIR status';
COMMENT ON COLUMN medication.not_done IS 'The record says that it was not done, not requested or refused';
COMMENT ON COLUMN medication.status_reason_codes IS 'Why (not done, declined, medical reason)';
COMMENT ON COLUMN medication.reason_codes IS 'reasonCode: why it was done or ordered';
COMMENT ON COLUMN medication.codes IS 'All codings';

CREATE TABLE medication_order (
    medication_order_id VARCHAR NOT NULL, person_id VARCHAR NOT NULL, encounter_id VARCHAR, authored_date DATE, authored_instant TIMESTAMP,
    authored_offset_minutes SMALLINT, authored_precision VARCHAR, intent VARCHAR, do_not_perform BOOLEAN, course_start_date DATE,
    course_start_instant TIMESTAMP, course_start_offset_minutes SMALLINT, course_start_precision VARCHAR, days_supply INTEGER, course_end_date DATE,
    course_end_instant TIMESTAMP, course_end_offset_minutes SMALLINT, course_end_precision VARCHAR, bounds_start_date DATE,
    bounds_start_instant TIMESTAMP, bounds_start_offset_minutes SMALLINT, bounds_start_precision VARCHAR, bounds_end_date DATE,
    bounds_end_instant TIMESTAMP, bounds_end_offset_minutes SMALLINT, bounds_end_precision VARCHAR, quantity DOUBLE, quantity_unit VARCHAR,
    refills INTEGER, by_reference BOOLEAN, status VARCHAR, not_done BOOLEAN, status_reason_codes STRUCT(code_system VARCHAR, code VARCHAR)[],
    reason_codes STRUCT(code_system VARCHAR, code VARCHAR)[], codes STRUCT(code_system VARCHAR, code VARCHAR)[], categories VARCHAR[],
    profiles VARCHAR[], practitioner_id VARCHAR, record_source VARCHAR, audit_status VARCHAR, psv_date DATE, proof_uri VARCHAR,
    data_source VARCHAR NOT NULL, file_name VARCHAR, file_date DATE, ingest_datetime TIMESTAMP, record_action VARCHAR, source_updated_at TIMESTAMP
);
COMMENT ON TABLE medication_order IS 'medication order (MedicationRequest)';
COMMENT ON COLUMN medication_order.person_id IS 'Person id of the source';
COMMENT ON COLUMN medication_order.authored_date IS 'Authored: day as written at the source (local)';
COMMENT ON COLUMN medication_order.authored_instant IS 'Authored: UTC instant; NULL when the source gave a day only';
COMMENT ON COLUMN medication_order.authored_offset_minutes IS 'Authored: UTC offset as written';
COMMENT ON COLUMN medication_order.authored_precision IS 'Authored: year, month, day or instant';
COMMENT ON COLUMN medication_order.course_start_date IS 'Start of the medication period: day as written at the source (local)';
COMMENT ON COLUMN medication_order.course_start_instant IS 'Start of the medication period: UTC instant; NULL when the source gave a day only';
COMMENT ON COLUMN medication_order.course_start_offset_minutes IS 'Start of the medication period: UTC offset as written';
COMMENT ON COLUMN medication_order.course_start_precision IS 'Start of the medication period: year, month, day or instant';
COMMENT ON COLUMN medication_order.days_supply IS 'Days of the medication period: (supply duration, else quantity / daily dose) x (1 + refills)';
COMMENT ON COLUMN medication_order.course_end_date IS 'End of the medication period, inclusive; NULL = no period can be computed: day as written at the source (local)';
COMMENT ON COLUMN medication_order.course_end_instant IS 'End of the medication period, inclusive; NULL = no period can be computed: UTC instant; NULL when the source gave a day only';
COMMENT ON COLUMN medication_order.course_end_offset_minutes IS 'End of the medication period, inclusive; NULL = no period can be computed: UTC offset as written';
COMMENT ON COLUMN medication_order.course_end_precision IS 'End of the medication period, inclusive; NULL = no period can be computed: year, month, day or instant';
COMMENT ON COLUMN medication_order.bounds_start_date IS 'Start of the first dosage''s bounds period (several dosages: touching periods merged, the earliest): day as written at the source (local)';
COMMENT ON COLUMN medication_order.bounds_start_instant IS 'Start of the first dosage''s bounds period (several dosages: touching periods merged, the earliest): UTC instant; NULL when the source gave a day only';
COMMENT ON COLUMN medication_order.bounds_start_offset_minutes IS 'Start of the first dosage''s bounds period (several dosages: touching periods merged, the earliest): UTC offset as written';
COMMENT ON COLUMN medication_order.bounds_start_precision IS 'Start of the first dosage''s bounds period (several dosages: touching periods merged, the earliest): year, month, day or instant';
COMMENT ON COLUMN medication_order.bounds_end_date IS 'End of it; NULL with a start = open: day as written at the source (local)';
COMMENT ON COLUMN medication_order.bounds_end_instant IS 'End of it; NULL with a start = open: UTC instant; NULL when the source gave a day only';
COMMENT ON COLUMN medication_order.bounds_end_offset_minutes IS 'End of it; NULL with a start = open: UTC offset as written';
COMMENT ON COLUMN medication_order.bounds_end_precision IS 'End of it; NULL with a start = open: year, month, day or instant';
COMMENT ON COLUMN medication_order.by_reference IS 'The drug was given through a Medication resource';
COMMENT ON COLUMN medication_order.status IS 'FHIR status';
COMMENT ON COLUMN medication_order.not_done IS 'The record says that it was not done, not requested or refused';
COMMENT ON COLUMN medication_order.status_reason_codes IS 'Why (not done, declined, medical reason)';
COMMENT ON COLUMN medication_order.reason_codes IS 'reasonCode: why it was done or ordered';
COMMENT ON COLUMN medication_order.codes IS 'All codings of the drug';

CREATE TABLE service_order (
    service_order_id VARCHAR NOT NULL, person_id VARCHAR NOT NULL, encounter_id VARCHAR, authored_date DATE, authored_instant TIMESTAMP,
    authored_offset_minutes SMALLINT, authored_precision VARCHAR, occurrence_date DATE, occurrence_instant TIMESTAMP,
    occurrence_offset_minutes SMALLINT, occurrence_precision VARCHAR, intent VARCHAR, do_not_perform BOOLEAN, status VARCHAR, not_done BOOLEAN,
    status_reason_codes STRUCT(code_system VARCHAR, code VARCHAR)[], reason_codes STRUCT(code_system VARCHAR, code VARCHAR)[],
    codes STRUCT(code_system VARCHAR, code VARCHAR)[], categories VARCHAR[], profiles VARCHAR[], practitioner_id VARCHAR, record_source VARCHAR,
    audit_status VARCHAR, psv_date DATE, proof_uri VARCHAR, data_source VARCHAR NOT NULL, file_name VARCHAR, file_date DATE,
    ingest_datetime TIMESTAMP, record_action VARCHAR, source_updated_at TIMESTAMP
);
COMMENT ON TABLE service_order IS 'service or referral ordered (ServiceRequest)';
COMMENT ON COLUMN service_order.person_id IS 'Person id of the source';
COMMENT ON COLUMN service_order.authored_date IS 'Authored: day as written at the source (local)';
COMMENT ON COLUMN service_order.authored_instant IS 'Authored: UTC instant; NULL when the source gave a day only';
COMMENT ON COLUMN service_order.authored_offset_minutes IS 'Authored: UTC offset as written';
COMMENT ON COLUMN service_order.authored_precision IS 'Authored: year, month, day or instant';
COMMENT ON COLUMN service_order.occurrence_date IS 'Planned for: day as written at the source (local)';
COMMENT ON COLUMN service_order.occurrence_instant IS 'Planned for: UTC instant; NULL when the source gave a day only';
COMMENT ON COLUMN service_order.occurrence_offset_minutes IS 'Planned for: UTC offset as written';
COMMENT ON COLUMN service_order.occurrence_precision IS 'Planned for: year, month, day or instant';
COMMENT ON COLUMN service_order.status IS 'FHIR status';
COMMENT ON COLUMN service_order.not_done IS 'The record says that it was not done, not requested or refused';
COMMENT ON COLUMN service_order.status_reason_codes IS 'Why (not done, declined, medical reason)';
COMMENT ON COLUMN service_order.reason_codes IS 'reasonCode: why it was done or ordered';
COMMENT ON COLUMN service_order.codes IS 'All codings';

CREATE TABLE device_order (
    device_order_id VARCHAR NOT NULL, person_id VARCHAR NOT NULL, encounter_id VARCHAR, authored_date DATE, authored_instant TIMESTAMP,
    authored_offset_minutes SMALLINT, authored_precision VARCHAR, intent VARCHAR, do_not_perform BOOLEAN, status VARCHAR, not_done BOOLEAN,
    status_reason_codes STRUCT(code_system VARCHAR, code VARCHAR)[], reason_codes STRUCT(code_system VARCHAR, code VARCHAR)[],
    codes STRUCT(code_system VARCHAR, code VARCHAR)[], profiles VARCHAR[], record_source VARCHAR, audit_status VARCHAR, psv_date DATE,
    proof_uri VARCHAR, data_source VARCHAR NOT NULL, file_name VARCHAR, file_date DATE, ingest_datetime TIMESTAMP, record_action VARCHAR,
    source_updated_at TIMESTAMP
);
COMMENT ON TABLE device_order IS 'device ordered (DeviceRequest)';
COMMENT ON COLUMN device_order.person_id IS 'Person id of the source';
COMMENT ON COLUMN device_order.authored_date IS 'Authored: day as written at the source (local)';
COMMENT ON COLUMN device_order.authored_instant IS 'Authored: UTC instant; NULL when the source gave a day only';
COMMENT ON COLUMN device_order.authored_offset_minutes IS 'Authored: UTC offset as written';
COMMENT ON COLUMN device_order.authored_precision IS 'Authored: year, month, day or instant';
COMMENT ON COLUMN device_order.status IS 'FHIR status';
COMMENT ON COLUMN device_order.not_done IS 'The record says that it was not done, not requested or refused';
COMMENT ON COLUMN device_order.status_reason_codes IS 'Why (not done, declined, medical reason)';
COMMENT ON COLUMN device_order.reason_codes IS 'reasonCode: why it was done or ordered';
COMMENT ON COLUMN device_order.codes IS 'All codings';

CREATE TABLE allergy (
    allergy_id VARCHAR NOT NULL, person_id VARCHAR NOT NULL, encounter_id VARCHAR, onset_date DATE, onset_instant TIMESTAMP,
    onset_offset_minutes SMALLINT, onset_precision VARCHAR, onset_end_date DATE, onset_end_instant TIMESTAMP, onset_end_offset_minutes SMALLINT,
    onset_end_precision VARCHAR, recorded_date DATE, recorded_instant TIMESTAMP, recorded_offset_minutes SMALLINT, recorded_precision VARCHAR,
    last_occurrence_date DATE, last_occurrence_instant TIMESTAMP, last_occurrence_offset_minutes SMALLINT, last_occurrence_precision VARCHAR,
    clinical_status VARCHAR, verification_status VARCHAR, codes STRUCT(code_system VARCHAR, code VARCHAR)[], categories VARCHAR[],
    profiles VARCHAR[], record_source VARCHAR, audit_status VARCHAR, psv_date DATE, proof_uri VARCHAR, data_source VARCHAR NOT NULL,
    file_name VARCHAR, file_date DATE, ingest_datetime TIMESTAMP, record_action VARCHAR, source_updated_at TIMESTAMP
);
COMMENT ON TABLE allergy IS 'allergy or intolerance';
COMMENT ON COLUMN allergy.person_id IS 'Person id of the source';
COMMENT ON COLUMN allergy.onset_date IS 'Onset (start): day as written at the source (local)';
COMMENT ON COLUMN allergy.onset_instant IS 'Onset (start): UTC instant; NULL when the source gave a day only';
COMMENT ON COLUMN allergy.onset_offset_minutes IS 'Onset (start): UTC offset as written';
COMMENT ON COLUMN allergy.onset_precision IS 'Onset (start): year, month, day or instant';
COMMENT ON COLUMN allergy.onset_end_date IS 'End of an onset period; NULL = open; equals the start for a single moment: day as written at the source (local)';
COMMENT ON COLUMN allergy.onset_end_instant IS 'End of an onset period; NULL = open; equals the start for a single moment: UTC instant; NULL when the source gave a day only';
COMMENT ON COLUMN allergy.onset_end_offset_minutes IS 'End of an onset period; NULL = open; equals the start for a single moment: UTC offset as written';
COMMENT ON COLUMN allergy.onset_end_precision IS 'End of an onset period; NULL = open; equals the start for a single moment: year, month, day or instant';
COMMENT ON COLUMN allergy.recorded_date IS 'Recorded: day as written at the source (local)';
COMMENT ON COLUMN allergy.recorded_instant IS 'Recorded: UTC instant; NULL when the source gave a day only';
COMMENT ON COLUMN allergy.recorded_offset_minutes IS 'Recorded: UTC offset as written';
COMMENT ON COLUMN allergy.recorded_precision IS 'Recorded: year, month, day or instant';
COMMENT ON COLUMN allergy.last_occurrence_date IS 'Last occurrence: day as written at the source (local)';
COMMENT ON COLUMN allergy.last_occurrence_instant IS 'Last occurrence: UTC instant; NULL when the source gave a day only';
COMMENT ON COLUMN allergy.last_occurrence_offset_minutes IS 'Last occurrence: UTC offset as written';
COMMENT ON COLUMN allergy.last_occurrence_precision IS 'Last occurrence: year, month, day or instant';
COMMENT ON COLUMN allergy.codes IS 'All codings';

CREATE TABLE adverse_event (
    adverse_event_id VARCHAR NOT NULL, person_id VARCHAR NOT NULL, encounter_id VARCHAR, occurred_date DATE, occurred_instant TIMESTAMP,
    occurred_offset_minutes SMALLINT, occurred_precision VARCHAR, recorded_date DATE, recorded_instant TIMESTAMP, recorded_offset_minutes SMALLINT,
    recorded_precision VARCHAR, actuality VARCHAR, codes STRUCT(code_system VARCHAR, code VARCHAR)[], profiles VARCHAR[], record_source VARCHAR,
    audit_status VARCHAR, psv_date DATE, proof_uri VARCHAR, data_source VARCHAR NOT NULL, file_name VARCHAR, file_date DATE,
    ingest_datetime TIMESTAMP, record_action VARCHAR, source_updated_at TIMESTAMP
);
COMMENT ON TABLE adverse_event IS 'adverse event';
COMMENT ON COLUMN adverse_event.person_id IS 'Person id of the source';
COMMENT ON COLUMN adverse_event.occurred_date IS 'Occurred: day as written at the source (local)';
COMMENT ON COLUMN adverse_event.occurred_instant IS 'Occurred: UTC instant; NULL when the source gave a day only';
COMMENT ON COLUMN adverse_event.occurred_offset_minutes IS 'Occurred: UTC offset as written';
COMMENT ON COLUMN adverse_event.occurred_precision IS 'Occurred: year, month, day or instant';
COMMENT ON COLUMN adverse_event.recorded_date IS 'Recorded: day as written at the source (local)';
COMMENT ON COLUMN adverse_event.recorded_instant IS 'Recorded: UTC instant; NULL when the source gave a day only';
COMMENT ON COLUMN adverse_event.recorded_offset_minutes IS 'Recorded: UTC offset as written';
COMMENT ON COLUMN adverse_event.recorded_precision IS 'Recorded: year, month, day or instant';
COMMENT ON COLUMN adverse_event.codes IS 'Event codings';

CREATE TABLE task (
    task_id VARCHAR NOT NULL, person_id VARCHAR NOT NULL, encounter_id VARCHAR, authored_date DATE, authored_instant TIMESTAMP,
    authored_offset_minutes SMALLINT, authored_precision VARCHAR, executed_date DATE, executed_instant TIMESTAMP, executed_offset_minutes SMALLINT,
    executed_precision VARCHAR, executed_end_date DATE, executed_end_instant TIMESTAMP, executed_end_offset_minutes SMALLINT,
    executed_end_precision VARCHAR, intent VARCHAR, based_on_ids VARCHAR[], focus_id VARCHAR, status VARCHAR, not_done BOOLEAN,
    status_reason_codes STRUCT(code_system VARCHAR, code VARCHAR)[], reason_codes STRUCT(code_system VARCHAR, code VARCHAR)[],
    codes STRUCT(code_system VARCHAR, code VARCHAR)[], profiles VARCHAR[], record_source VARCHAR, audit_status VARCHAR, psv_date DATE,
    proof_uri VARCHAR, data_source VARCHAR NOT NULL, file_name VARCHAR, file_date DATE, ingest_datetime TIMESTAMP, record_action VARCHAR,
    source_updated_at TIMESTAMP
);
COMMENT ON TABLE task IS 'task (a consultant''s report fulfils a referral)';
COMMENT ON COLUMN task.person_id IS 'Person id of the source';
COMMENT ON COLUMN task.authored_date IS 'Authored: day as written at the source (local)';
COMMENT ON COLUMN task.authored_instant IS 'Authored: UTC instant; NULL when the source gave a day only';
COMMENT ON COLUMN task.authored_offset_minutes IS 'Authored: UTC offset as written';
COMMENT ON COLUMN task.authored_precision IS 'Authored: year, month, day or instant';
COMMENT ON COLUMN task.executed_date IS 'Execution (start): day as written at the source (local)';
COMMENT ON COLUMN task.executed_instant IS 'Execution (start): UTC instant; NULL when the source gave a day only';
COMMENT ON COLUMN task.executed_offset_minutes IS 'Execution (start): UTC offset as written';
COMMENT ON COLUMN task.executed_precision IS 'Execution (start): year, month, day or instant';
COMMENT ON COLUMN task.executed_end_date IS 'Execution end; NULL = open: day as written at the source (local)';
COMMENT ON COLUMN task.executed_end_instant IS 'Execution end; NULL = open: UTC instant; NULL when the source gave a day only';
COMMENT ON COLUMN task.executed_end_offset_minutes IS 'Execution end; NULL = open: UTC offset as written';
COMMENT ON COLUMN task.executed_end_precision IS 'Execution end; NULL = open: year, month, day or instant';
COMMENT ON COLUMN task.based_on_ids IS 'Orders that it fulfils';
COMMENT ON COLUMN task.status IS 'FHIR status';
COMMENT ON COLUMN task.not_done IS 'The record says that it was not done, not requested or refused';
COMMENT ON COLUMN task.status_reason_codes IS 'Why (not done, declined, medical reason)';
COMMENT ON COLUMN task.reason_codes IS 'reasonCode: why it was done or ordered';
COMMENT ON COLUMN task.codes IS 'All codings';

CREATE TABLE appointment (
    appointment_id VARCHAR NOT NULL, person_id VARCHAR NOT NULL, patient_id VARCHAR, encounter_id VARCHAR, start_datetime TIMESTAMP,
    end_datetime TIMESTAMP, duration INTEGER, location_id VARCHAR, practitioner_id VARCHAR, source_appointment_type_code_type VARCHAR,
    source_appointment_type_code VARCHAR, source_appointment_type_description VARCHAR, status VARCHAR, reason VARCHAR, cancellation_reason VARCHAR,
    data_source VARCHAR NOT NULL, file_name VARCHAR, file_date DATE, ingest_datetime TIMESTAMP, record_action VARCHAR, source_updated_at TIMESTAMP
);
COMMENT ON TABLE appointment IS 'appointment';
COMMENT ON COLUMN appointment.person_id IS 'Person id of the source';
COMMENT ON COLUMN appointment.start_datetime IS 'Local time of the practice';
COMMENT ON COLUMN appointment.duration IS 'minutes';
COMMENT ON COLUMN appointment.source_appointment_type_code_type IS 'Type: code system';
COMMENT ON COLUMN appointment.source_appointment_type_code IS 'Type: code';
COMMENT ON COLUMN appointment.source_appointment_type_description IS 'Type: text';
COMMENT ON COLUMN appointment.status IS 'booked, arrived, fulfilled, cancelled, noshow, ...';

CREATE TABLE practitioner (
    practitioner_id VARCHAR NOT NULL, npi VARCHAR, first_name VARCHAR, last_name VARCHAR, practice_affiliation VARCHAR, practice_id VARCHAR,
    practice_tin VARCHAR, organization_id VARCHAR, specialty VARCHAR, sub_specialty VARCHAR, start_date DATE, end_date DATE,
    data_source VARCHAR NOT NULL, file_name VARCHAR, file_date DATE, ingest_datetime TIMESTAMP, record_action VARCHAR, source_updated_at TIMESTAMP
);
COMMENT ON TABLE practitioner IS 'clinician and source';
COMMENT ON COLUMN practitioner.organization_id IS 'Physician group';

CREATE TABLE location (
    location_id VARCHAR NOT NULL, npi VARCHAR, name VARCHAR, facility_type VARCHAR, parent_organization VARCHAR, address VARCHAR, city VARCHAR,
    state VARCHAR, zip_code VARCHAR, latitude DOUBLE, longitude DOUBLE, codes STRUCT(code_system VARCHAR, code VARCHAR)[],
    data_source VARCHAR NOT NULL, file_name VARCHAR, file_date DATE, ingest_datetime TIMESTAMP, record_action VARCHAR, source_updated_at TIMESTAMP
);
COMMENT ON TABLE location IS 'place of care and source';
COMMENT ON COLUMN location.codes IS 'Location.type codings';

CREATE TABLE person_xref (
    old_person_id VARCHAR NOT NULL, new_person_id VARCHAR NOT NULL, effective_date DATE, reason VARCHAR, unmerge BOOLEAN,
    data_source VARCHAR NOT NULL, file_name VARCHAR, file_date DATE, ingest_datetime TIMESTAMP, record_action VARCHAR, source_updated_at TIMESTAMP
);
COMMENT ON TABLE person_xref IS 'merge or un-merge of two ids of one source';
COMMENT ON COLUMN person_xref.unmerge IS 'TRUE takes an earlier merge back';

CREATE TABLE plan_score (
    person_id VARCHAR NOT NULL, member_id VARCHAR, payer VARCHAR, plan VARCHAR, model VARCHAR NOT NULL, model_version VARCHAR, score DOUBLE NOT NULL,
    score_date DATE NOT NULL, data_source VARCHAR NOT NULL, file_name VARCHAR, file_date DATE, ingest_datetime TIMESTAMP, record_action VARCHAR,
    source_updated_at TIMESTAMP,
    CONSTRAINT plan_score_41_score_date CHECK (score_date BETWEEN DATE '2000-01-01' AND DATE '2100-12-31'), -- the score is of no real day | send the day as of which the plan computed the score
    CONSTRAINT plan_score_90_score CHECK (isfinite(score) AND score >= 0) -- the score is no number, or below zero | send the score as the plan computed it
);
COMMENT ON TABLE plan_score IS 'risk score that a plan computed by a model of its own: person, model, day';
COMMENT ON COLUMN plan_score.person_id IS 'Person id of the source';
COMMENT ON COLUMN plan_score.member_id IS 'Member id at the plan';
COMMENT ON COLUMN plan_score.model IS 'As the plan calls it: CDPS+Rx, Medicaid Rx, HHS-HCC, ...';
COMMENT ON COLUMN plan_score.score IS 'As the plan computed it: never recomputed, never compared between models';
COMMENT ON COLUMN plan_score.score_date IS 'Day as of which it was computed';

CREATE TABLE plan_gap (
    person_id VARCHAR NOT NULL, member_id VARCHAR, payer VARCHAR NOT NULL, plan VARCHAR NOT NULL, product_line VARCHAR, measure VARCHAR NOT NULL, rate VARCHAR,
    measurement_year SMALLINT NOT NULL, status VARCHAR NOT NULL, service_date DATE, gap_date DATE NOT NULL, data_source VARCHAR NOT NULL, file_name VARCHAR,
    file_date DATE, ingest_datetime TIMESTAMP, record_action VARCHAR, source_updated_at TIMESTAMP,
    CONSTRAINT plan_gap_41_gap_date CHECK (gap_date BETWEEN DATE '2000-01-01' AND DATE '2100-12-31'), -- the list is of no real day | send the day as of which the plan computed the list
    CONSTRAINT plan_gap_91_status CHECK (lower(trim(status)) IN ('open', 'closed', 'excluded')) -- the status is none of open, closed, excluded | send one of open, closed, excluded
);
COMMENT ON TABLE plan_gap IS 'where a plan says that its member stands in a measure: person, plan, measure, year, day';
COMMENT ON COLUMN plan_gap.person_id IS 'Person id of the source';
COMMENT ON COLUMN plan_gap.member_id IS 'Member id at the plan';
COMMENT ON COLUMN plan_gap.measure IS 'As HEDIS names it, with or without -E: COL-E or COL';
COMMENT ON COLUMN plan_gap.rate IS 'Which rate, where the measure has several: as our card names it';
COMMENT ON COLUMN plan_gap.status IS 'open, closed or excluded, as the plan computed it';
COMMENT ON COLUMN plan_gap.service_date IS 'Day of the service by which the plan counts it closed';
COMMENT ON COLUMN plan_gap.gap_date IS 'Day as of which the plan computed it: the newest counts';

CREATE TABLE adt_event (
    message_control_id VARCHAR NOT NULL, person_id VARCHAR NOT NULL, event_type VARCHAR NOT NULL, event_datetime TIMESTAMP, visit_number VARCHAR,
    patient_class VARCHAR, admit_datetime TIMESTAMP, discharge_datetime TIMESTAMP, discharge_disposition_code VARCHAR, facility_id VARCHAR,
    attending_npi VARCHAR, diagnosis_code VARCHAR, data_source VARCHAR NOT NULL, file_name VARCHAR, file_date DATE, ingest_datetime TIMESTAMP,
    record_action VARCHAR, source_updated_at TIMESTAMP
);
COMMENT ON TABLE adt_event IS 'admission, discharge or transfer message';
COMMENT ON COLUMN adt_event.person_id IS 'Person id of the source';
COMMENT ON COLUMN adt_event.event_type IS 'A01, A03, A08, A11, A12, A13, ...';

-- Rules that look at more than their row: queries/extract/set_aside judges them. REFUSES: the row is in valid.reject. REPLACES: another
-- row stands in its place. HOLDS: it waits for another row and is judged again by every build. ALTERS: it stands, with a value changed
-- or taken out. DOUBTS: it stands as sent. All but the first are counted in valid.warning, for Data health. `ON *`: every table of a person.
-- RULE person_76_shared_id ON * REFUSES: one id is used by two people: birth dates of different years | give each person an id of their own, or correct the birth date
-- RULE person_76_other_name ON eligibility, patient DOUBTS: one id, two different first names | check that the id belongs to one person
-- RULE person_78_birth_date ON eligibility REFUSES: no row of the person has a birth date (empty, placeholder or ahead) | send the birth date
-- RULE person_78_birth_date_unknown ON eligibility, patient ALTERS: the birth date is empty, a placeholder or lies ahead: taken as unknown | send the birth date
-- RULE person_78_birth_date_changed ON eligibility, patient DOUBTS: another birth date than before: the newest row counts | check the birth date
-- RULE person_79_sex_unknown ON eligibility, patient ALTERS: sex is neither female nor male: taken as unknown | send female or male where it is known
-- RULE person_79_sex_changed ON eligibility, patient DOUBTS: another sex than before: the newest row counts | check the sex
-- RULE person_80_race_unmapped ON eligibility, patient DOUBTS: race or ethnicity is no text or code that is known: counted as unknown | send OMB codes, or add the text to data/reference/omb.csv
-- RULE older_version ON plan_score, plan_gap, eligibility, provider_attribution, patient, encounter, condition, procedure, observation, immunization, medication, medication_order, service_order, device_order, allergy, adverse_event, task, appointment, adt_event, practitioner, location REPLACES: a newer row of the same id has come | nothing: the newest row counts
-- RULE deleted ON plan_score, plan_gap, eligibility, provider_attribution, patient, encounter, condition, procedure, observation, lab_result, immunization, medication, medication_order, service_order, device_order, allergy, adverse_event, task, appointment, adt_event, practitioner, location, medical_claim, pharmacy_claim REPLACES: the source has taken the row back | nothing
-- RULE claim_25_repeated ON medical_claim, pharmacy_claim REPLACES: the same line came again | nothing: it counts once
-- RULE claim_26_older_version ON medical_claim, pharmacy_claim REPLACES: a newer row of the same claim and line has come | nothing: the newest row counts
-- RULE claim_27_reversed ON medical_claim, pharmacy_claim REPLACES: a void or reversal takes the claim back | nothing
-- RULE claim_27_void ON medical_claim, pharmacy_claim REPLACES: the row takes another claim back and is no service itself | nothing
-- RULE claim_28_replaced ON medical_claim, pharmacy_claim REPLACES: a replacement stands in the place of the claim | nothing
-- RULE claim_29_orphan_void ON medical_claim, pharmacy_claim HOLDS: voids a claim that has not come | send the claim that it voids
-- RULE claim_30_reversed_by_amount ON medical_claim, pharmacy_claim REPLACES: taken back by a line of the same person, provider, day, code and the opposite amount | nothing; better, send original_claim_id
-- RULE claim_30_unmatched_reversal ON medical_claim, pharmacy_claim HOLDS: negative amounts, and no line that they take back | send the claim that they take back, or original_claim_id
-- RULE claim_33_diagnosis_spelling ON medical_claim ALTERS: diagnosis code with dot, blanks or small letters | nothing: read without them
-- RULE claim_35_diagnosis_shape ON medical_claim DOUBTS: no code of ICD by its shape: not counted | correct the diagnosis code
-- RULE claim_36_zeros_lost ON medical_claim ALTERS: leading zeros of a code were lost | send codes as text
-- RULE claim_37_procedure_spelling ON medical_claim ALTERS: procedure code with decimals, blanks, small letters or lost zeros | send codes as text
-- RULE claim_38_modifiers_glued ON medical_claim ALTERS: several modifiers in one field: read as pairs of letters | send one modifier a field
-- RULE claim_40_npi ON medical_claim, pharmacy_claim, provider_attribution, practitioner, encounter ALTERS: no NPI (ten digits and check digit): the row stands, its provider is unknown | send the NPI
-- RULE claim_42_before_birth ON medical_claim REFUSES: served before birth | correct the day of service or the birth date
-- RULE claim_42_after_death ON medical_claim REFUSES: served after death | correct the day of service or the death date
-- RULE claim_44_other_header_date ON medical_claim DOUBTS: the line lies outside the days of its claim: the line counts | correct the days of service
-- RULE claim_48_no_eligibility ON medical_claim, pharmacy_claim HOLDS: the source sends eligibility, but none for this person | send the person's eligibility
-- RULE fill_56_repeated ON pharmacy_claim REPLACES: the same fill came under another claim id | nothing: it counts once
-- RULE fill_57_ndc_spelling ON pharmacy_claim ALTERS: NDC with dashes or lost zeros: written as 11 digits | send 11 digits as text
-- RULE fill_59_days_supply ON pharmacy_claim ALTERS: days supply of 0, or of more than 365: taken as unknown | send the days supply
-- RULE eligibility_69_one_day_gap ON eligibility DOUBTS: spans of one plan lie one day apart: kept as a gap | send last days inclusive: a span that goes on starts on the day after
-- RULE eligibility_70_one_day ON eligibility DOUBTS: a span of a single day | send nothing for a span that was taken back
-- RULE eligibility_81_no_product_line ON eligibility DOUBTS: plan or product line is unknown: left out of reports by product line | send payer, plan and product_line
-- RULE eligibility_82_benefits_not_sent ON eligibility DOUBTS: benefits were not sent: the configured default applies | send the benefit_ columns
-- RULE eligibility_83_flags_conflict ON eligibility DOUBTS: flags of spans that overlap contradict each other | check hospice, dual and institutional flags
-- RULE eligibility_84_covered_after_death ON eligibility DOUBTS: the span goes on after the day of death | end the span
-- RULE lab_87_no_standard_code ON lab_result DOUBTS: local code without LOINC: not counted, never guessed from its name | map it in data/reference or send LOINC
-- RULE lab_88_not_loinc ON lab_result, observation REFUSES: sent as LOINC, but no LOINC by shape and check digit, and no other code | send the LOINC, or name the code system of the code
-- RULE lab_89_no_unit ON lab_result, observation DOUBTS: no unit, and the number fits one unit only | send units in UCUM
-- RULE lab_89_ambiguous_unit ON lab_result, observation HOLDS: no unit, and the number does not tell which: not counted | send units in UCUM
-- RULE lab_91_no_number ON lab_result DOUBTS: the result is no number: it counts as a test without a value | send numbers in result, reasons in data_absent_reason
-- RULE lab_91_not_performed ON lab_result HOLDS: the result says that the test was not performed: no test | nothing; better, status cancelled
-- RULE lab_92_not_final ON lab_result REPLACES: preliminary, corrected or cancelled, and a later row of the same test has come | nothing
-- RULE lab_92_withdrawn ON lab_result REPLACES: cancelled or entered in error | nothing
-- RULE lab_93_result_date ON lab_result DOUBTS: no day of collection: the day of the result counts | send collection_datetime
-- RULE lab_94_repeated ON lab_result REPLACES: the same accession and test came again, from this or another system | nothing: it counts once
-- RULE lab_95_implausible ON lab_result, observation REFUSES: no possible value in its unit (decimal point lost?) | correct the value or its unit
-- RULE lab_96_order_without_result ON lab_result HOLDS: an order without a result | send the results of its components

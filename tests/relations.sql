-- The joints between layers, as tables that tests draw: a test draws the columns that matter to it, the others are NULL.
-- (The relations of `extract` and `valid` that the contract names come from data/contract.sql.)
CREATE TABLE extract.set_aside (table_name VARCHAR, source_row BIGINT, data_source VARCHAR, file_name VARCHAR, rule VARCHAR, found VARCHAR);
CREATE TABLE extract.broken_row (table_name VARCHAR, source_row BIGINT, data_source VARCHAR, file_name VARCHAR, rule VARCHAR, found VARCHAR);
CREATE TABLE extract.sent_code (table_name VARCHAR, data_source VARCHAR, file_name VARCHAR, code_system VARCHAR, code VARCHAR, rows BIGINT, first_row BIGINT);
CREATE TABLE extract.every_row (table_name VARCHAR, person_key INTEGER, source_row BIGINT, data_source VARCHAR, file_name VARCHAR, broken_rule VARCHAR,
    broken_value VARCHAR, unread_column VARCHAR, unread_value VARCHAR);
CREATE TABLE extract.replaced_file (file_no INTEGER, delivery_no INTEGER, table_name VARCHAR, data_source VARCHAR, feed VARCHAR, file_name VARCHAR, path VARCHAR,
    row_count BIGINT, received_at TIMESTAMP);
CREATE TABLE extract.unreadable (data_source VARCHAR, file_name VARCHAR, row_number BIGINT, rule VARCHAR, found VARCHAR, cure VARCHAR, source_row BIGINT);
CREATE TABLE extract.intake_warning (table_name VARCHAR, data_source VARCHAR, file_name VARCHAR, rule VARCHAR, rows BIGINT, first_row BIGINT, found VARCHAR,
    cure VARCHAR);
CREATE TABLE extract.prediction (person INTEGER, outcome VARCHAR, probability DOUBLE, earlier_probability DOUBLE, tier VARCHAR,
    drivers STRUCT(title VARCHAR, log_odds DOUBLE)[]);
CREATE TABLE extract.prediction_model (outcome VARCHAR, title VARCHAR, model VARCHAR, method VARCHAR, as_of DATE, reason VARCHAR, scored BIGINT, card VARCHAR,
    about VARCHAR);
CREATE TABLE reference.omb (sent VARCHAR, kind VARCHAR, code VARCHAR);
CREATE TABLE reference.omb_name (code VARCHAR, name VARCHAR);
CREATE TABLE reference.plausible_value (concept VARCHAR, unit VARCHAR, low DOUBLE, high DOUBLE);
CREATE TABLE coded.event (concept SMALLINT, person INTEGER, fact BIGINT, kinds BIGINT, start_date DATE, end_date DATE, start_at TIMESTAMP, end_at TIMESTAMP,
    value DOUBLE, value_high DOUBLE, unit VARCHAR, encounter BIGINT, panel BIGINT);
CREATE TABLE coded.attribute (person INTEGER, fact BIGINT, aspect VARCHAR, concept SMALLINT);
CREATE TABLE coded.person (person INTEGER, person_id VARCHAR, data_source VARCHAR, birth_date DATE, death_date DATE, death_at TIMESTAMP, sex VARCHAR,
    us_core_sex VARCHAR, race VARCHAR, ethnicity VARCHAR, race_source VARCHAR, language VARCHAR, interpreter_needed BOOLEAN, first_name VARCHAR,
    last_name VARCHAR, phone VARCHAR, medical_record_number VARCHAR, has_coverage BOOLEAN, held BOOLEAN);
CREATE TABLE coded.contract (contract INTEGER, payer VARCHAR, plan VARCHAR, product_line VARCHAR);
CREATE TABLE coded.coverage (person INTEGER, contract INTEGER, start_date DATE, end_date DATE, benefit_medical BOOLEAN, benefit_pharmacy BOOLEAN,
    benefit_mental_health BOOLEAN, benefit_chemical_dependency BOOLEAN, hospice BOOLEAN, institutional_snp BOOLEAN, long_term_institutional BOOLEAN);
CREATE TABLE coded.attribution (person INTEGER, contract INTEGER, clinician_npi VARCHAR, practice_id VARCHAR, group_id VARCHAR, start_date DATE, end_date DATE,
    method VARCHAR, source_row BIGINT);
CREATE TABLE coded.clinician (npi VARCHAR, name VARCHAR, practice_id VARCHAR, group_id VARCHAR, specialty VARCHAR, start_date DATE, end_date DATE);
CREATE TABLE coded.practice (practice_id VARCHAR, group_id VARCHAR, practice_name VARCHAR, group_name VARCHAR);
CREATE TABLE coded.uncounted_claim (person INTEGER, fact BIGINT, claim_id VARCHAR, status VARCHAR, received_date DATE, start_date DATE);
CREATE TABLE extract.answer (answer_id INTEGER, person INTEGER, measure_id VARCHAR, period INTEGER, unit BIGINT, kind VARCHAR, answered BOOLEAN, known VARCHAR[]);
CREATE TABLE valid.answer (answer_id INTEGER, person INTEGER, measure_id VARCHAR, period INTEGER, unit BIGINT, kind VARCHAR, answered BOOLEAN, known VARCHAR[]);
CREATE TABLE coded.answer (person INTEGER, measure_id VARCHAR, period SMALLINT, unit BIGINT, answer_id INTEGER, kind VARCHAR, answered BOOLEAN, known VARCHAR[]);
CREATE TABLE coded.stay (person INTEGER, stay BIGINT, admit_date DATE, discharge_date DATE, acute BOOLEAN, discharge_disposition VARCHAR, fact BIGINT,
    encounter BIGINT);
CREATE TABLE coded.appointment (person INTEGER, fact BIGINT, appointment_id VARCHAR, start_at TIMESTAMP, end_at TIMESTAMP, status VARCHAR,
    clinician_npi VARCHAR, location_id VARCHAR, appointment_type VARCHAR, encounter BIGINT);
CREATE TABLE reference.concept (concept SMALLINT, name VARCHAR, title VARCHAR, oids VARCHAR[], origin VARCHAR, unconfirmed VARCHAR);
CREATE TABLE reference.value_set_code (concept SMALLINT, code_system VARCHAR, code VARCHAR);
CREATE TABLE reference.asked_concept (concept SMALLINT, covered BOOLEAN);
CREATE TABLE reference.population_concept (concept SMALLINT, covered BOOLEAN);
CREATE TABLE reference.wanted_code (covered BOOLEAN, code_system VARCHAR, code VARCHAR, concept SMALLINT);
CREATE TABLE reference.code_value (code_system VARCHAR, code VARCHAR, concept VARCHAR, value DOUBLE, value_high DOUBLE);
CREATE TABLE reference.unit (from_unit VARCHAR, to_unit VARCHAR, concept VARCHAR, factor DOUBLE, shift DOUBLE);
CREATE TABLE reference.ndc (ndc VARCHAR, rxnorm VARCHAR);
CREATE TABLE reference.benchmark (programme VARCHAR, year SMALLINT, measurement_year SMALLINT, measure_id VARCHAR, variant VARCHAR, rate VARCHAR,
    product_line VARCHAR, level VARCHAR, value DOUBLE, source VARCHAR);
CREATE TABLE reference.programme (programme VARCHAR, measurement_year SMALLINT, measure_id VARCHAR, name_in_programme VARCHAR, weight DOUBLE, role VARCHAR,
    source VARCHAR);
CREATE TABLE reference.sensitive (kind VARCHAR, name VARCHAR, service VARCHAR);
CREATE TABLE reference.delegable (measure_id VARCHAR, assistant_action VARCHAR, standing_order VARCHAR, source VARCHAR, unconfirmed VARCHAR);
CREATE TABLE reference.cohort_fact (fact VARCHAR, title VARCHAR, kind VARCHAR, concept VARCHAR, months SMALLINT, low DOUBLE, high DOUBLE, unit VARCHAR,
    comorbid BOOLEAN, source VARCHAR);
CREATE TABLE reference.rule (table_name VARCHAR, rule VARCHAR, wrong VARCHAR, cure VARCHAR, outcome VARCHAR);
CREATE TABLE reference.rate (rate_id SMALLINT, measure_id VARCHAR, variant VARCHAR, rate VARCHAR, title VARCHAR, better VARCHAR, action VARCHAR, basis VARCHAR,
    release VARCHAR, group_no SMALLINT, harm SMALLINT, domain VARCHAR, why VARCHAR, chart_only BOOLEAN, combines VARCHAR[], unconfirmed VARCHAR,
    source VARCHAR);
CREATE TABLE reference.clause (rate_id SMALLINT, clause SMALLINT, role VARCHAR, text VARCHAR, concepts SMALLINT[], said VARCHAR,
    from_date DATE, to_date DATE, value_bound VARCHAR, counts_days BOOLEAN, days_share DOUBLE);
CREATE TABLE evidence.subject (rate_id SMALLINT, period SMALLINT, person INTEGER, unit BIGINT, unit_date DATE, contract INTEGER, stratum SMALLINT,
    met BIGINT, initial_population BOOLEAN, denominator BOOLEAN, exclusion BOOLEAN, exception BOOLEAN, numerator BOOLEAN, numerator_exclusion BOOLEAN,
    share DOUBLE);
CREATE TABLE evidence.outside (rate_id SMALLINT, period SMALLINT, person INTEGER, contract INTEGER, met BIGINT);
CREATE TABLE evidence.found (rate_id SMALLINT, period SMALLINT, person INTEGER, unit BIGINT, contract INTEGER, clause SMALLINT, role VARCHAR,
    leaf SMALLINT, date DATE, value DOUBLE, fact BIGINT);
CREATE TABLE result.measure_result (rate_id SMALLINT, period SMALLINT, person INTEGER, unit BIGINT, unit_date DATE, contract INTEGER, stratum SMALLINT,
    met BIGINT, last_day DATE, initial_population BOOLEAN, denominator BOOLEAN, exclusion BOOLEAN, exception BOOLEAN, numerator BOOLEAN,
    numerator_exclusion BOOLEAN, share DOUBLE);
CREATE TABLE result.nearest_miss (rate_id SMALLINT, period SMALLINT, person INTEGER, unit BIGINT, contract INTEGER, clause SMALLINT, date DATE, value DOUBLE,
    fact BIGINT, why VARCHAR);
CREATE TABLE history.result (rate_key BIGINT, period SMALLINT, person INTEGER, unit BIGINT, contract INTEGER, denominator BOOLEAN, exclusion BOOLEAN,
    exception BOOLEAN, numerator BOOLEAN, panel BIGINT, panel_set BIGINT);
CREATE TABLE history.rule (rate_key BIGINT, rule BIGINT);
CREATE TABLE history.then_version (point BIGINT, rules BIGINT, as_of DATE, known_at TIMESTAMP);
CREATE TABLE history.then_rule (rate_key BIGINT, rule BIGINT);
CREATE TABLE history.then_contract (contract INTEGER, product_line VARCHAR);
CREATE TABLE history.then_key (rate_key BIGINT, period SMALLINT, person INTEGER, settled BOOLEAN);
CREATE TABLE history.then_result (rate_key BIGINT, period SMALLINT, person INTEGER, unit BIGINT, contract INTEGER, denominator BOOLEAN, exclusion BOOLEAN,
    exception BOOLEAN, numerator BOOLEAN, panel_set BIGINT);
CREATE TABLE history.unit_count (rate_key BIGINT, period SMALLINT, plan_key VARCHAR, panel_set BIGINT, panel BIGINT, denominator INTEGER, numerator INTEGER,
    closed INTEGER, excluded INTEGER);
CREATE TABLE history.rate (rate_key BIGINT, measure_id VARCHAR, variant VARCHAR, rate VARCHAR);
CREATE TABLE history.panel (panel BIGINT, clinician_npi VARCHAR, practice_id VARCHAR, group_id VARCHAR);
CREATE TABLE history.panel_set (panel_set BIGINT, panel BIGINT);
CREATE TABLE history.contract (contract INTEGER, payer VARCHAR, plan VARCHAR, product_line VARCHAR);
CREATE TABLE history.past (as_of DATE, published VARCHAR, rate_key BIGINT, period SMALLINT, plan_key VARCHAR, contract INTEGER, product_line VARCHAR,
    plan VARCHAR, panel_set BIGINT, panel BIGINT, clinician_npi VARCHAR, practice_id VARCHAR, group_id VARCHAR, denominator INTEGER, numerator INTEGER,
    closed INTEGER, excluded INTEGER);
CREATE TABLE history.risk (person INTEGER, tier VARCHAR, charlson SMALLINT, release VARCHAR, raw_score DECIMAL(12, 3),
    factors STRUCT(factor VARCHAR, coefficient DECIMAL(9, 3))[], rx_release VARCHAR, rx_score DECIMAL(12, 3), said UBIGINT);
CREATE TABLE history.past_risk (person INTEGER, from_date DATE, to_date DATE, year_ago_date DATE, tier VARCHAR, charlson SMALLINT, release VARCHAR, raw_score DECIMAL(12, 3),
    factors STRUCT(factor VARCHAR, coefficient DECIMAL(9, 3))[], rx_score DECIMAL(12, 3));
CREATE TABLE history.past_panel_set (panel_set BIGINT, panel BIGINT);
CREATE TABLE history.past_rule (as_of DATE, rate_key BIGINT, rule BIGINT);
CREATE TABLE valid.covered_person (person INTEGER);
CREATE TABLE valid.reject (table_name VARCHAR, data_source VARCHAR, file_name VARCHAR, row_number BIGINT, rule VARCHAR, wrong VARCHAR, found VARCHAR, cure VARCHAR, source_row BIGINT);
CREATE TABLE valid.warning (table_name VARCHAR, data_source VARCHAR, file_name VARCHAR, rule VARCHAR, rows BIGINT, first_row BIGINT, found VARCHAR, cure VARCHAR);
CREATE TABLE valid.code (data_source VARCHAR, table_name VARCHAR, code_system VARCHAR, code VARCHAR, rows BIGINT,
    sent STRUCT(code_system VARCHAR, code VARCHAR)[]);
CREATE TABLE coded.diagnosis_year (person INTEGER, year BIGINT, code VARCHAR, counts BOOLEAN, why_not VARCHAR, days BIGINT, days_of_year SMALLINT[], first_date DATE, last_date DATE, source_row BIGINT,
    stands BOOLEAN, hospital BOOLEAN);
CREATE TABLE coded.diagnosed_year (person INTEGER, year BIGINT, readable BOOLEAN);
CREATE TABLE coded.medicare_year (person INTEGER, year BIGINT, months BIGINT, dual_status VARCHAR, orec VARCHAR, institutional BOOLEAN, chronic_snp BOOLEAN,
    new_enrollee BOOLEAN, crec VARCHAR, part_d BOOLEAN, low_income BOOLEAN);
CREATE TABLE result.risk_score (person INTEGER, model VARCHAR, service_year BIGINT, release VARCHAR, segment VARCHAR, raw_score DECIMAL(12, 3), hccs SMALLINT[],
    factors STRUCT(factor VARCHAR, coefficient DECIMAL(9, 3))[], not_scoreable VARCHAR);
CREATE TABLE result.condition_category (person INTEGER, year BIGINT, category SMALLINT, counts BOOLEAN, why_not VARCHAR, days INTEGER, codes BIGINT, named VARCHAR[], first_date DATE, last_date DATE,
    source_row BIGINT, hospital BOOLEAN);
CREATE TABLE result.comorbidity (person INTEGER, of_index VARCHAR, year BIGINT, score SMALLINT, conditions BIGINT, titles VARCHAR[]);
CREATE TABLE coded.plan_score (person INTEGER, source_row BIGINT, payer VARCHAR, plan VARCHAR, model VARCHAR, model_version VARCHAR, score DOUBLE, score_date DATE);
CREATE TABLE coded.plan_gap (person INTEGER, source_row BIGINT, payer VARCHAR, plan VARCHAR, product_line VARCHAR, measure VARCHAR, rate VARCHAR, period SMALLINT, status VARCHAR,
    service_date DATE, gap_date DATE);
CREATE TABLE coded.hospital_bill (person INTEGER, admit_date DATE, emergency BOOLEAN);
CREATE TABLE result.suspect (person INTEGER, rule VARCHAR, times BIGINT, last_date DATE, last_value DOUBLE, source_row BIGINT);
CREATE TABLE reference.risk_category (release VARCHAR, model VARCHAR, payment_year SMALLINT, category SMALLINT, label VARCHAR, chronic BOOLEAN, bit UHUGEINT);
CREATE TABLE reference.risk_hierarchy (release VARCHAR, hierarchy STRUCT(bit UHUGEINT, drops UHUGEINT)[]);
CREATE TABLE reference.risk_doubted (category SMALLINT, code VARCHAR, title VARCHAR, wants VARCHAR, source VARCHAR);
CREATE TABLE reference.risk_sensitive (model VARCHAR, category SMALLINT, service VARCHAR);
CREATE TABLE reference.risk_factor_name (release VARCHAR, factor VARCHAR, label VARCHAR, category SMALLINT, sensitive BOOLEAN);
CREATE TABLE reference.risk_segment (segment VARCHAR, name VARCHAR);
CREATE TABLE reference.risk_suspect (rule VARCHAR, title VARCHAR, concept_name VARCHAR, at_least DOUBLE, below DOUBLE, times TINYINT, days_apart SMALLINT, one_of SMALLINT[],
    evidence VARCHAR, confidence VARCHAR, source VARCHAR);
CREATE TABLE reference.risk_code (release VARCHAR, code VARCHAR, sure UHUGEINT, slots UBIGINT);
CREATE TABLE reference.risk_edit (release VARCHAR, category SMALLINT, when_edited BOOLEAN, sex VARCHAR, from_age SMALLINT, to_age SMALLINT, bit UHUGEINT, slot UBIGINT);
CREATE TABLE reference.risk_service (payment_year SMALLINT, code VARCHAR);
CREATE TABLE reference.risk_bill_type (prefix VARCHAR, needs_service BOOLEAN);
CREATE TABLE reference.comorbidity (of_index VARCHAR, condition VARCHAR, title VARCHAR, weight TINYINT, replaced_by VARCHAR, lace TINYINT);
CREATE TABLE reference.comorbidity_code (of_index VARCHAR, condition VARCHAR, code VARCHAR);

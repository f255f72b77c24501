-- coverage span as sent: person, member, payer, plan, source
-- view
WITH race AS (SELECT sent, code FROM reference.omb WHERE kind = 'race'),
ethnicity AS (SELECT sent, code FROM reference.omb WHERE kind = 'ethnicity'),
mapped AS (
    -- Some sources send ethnicity in the field of race: the code says what it is.
    SELECT e.*, coalesce(o.code, r.code) AS omb_race, coalesce(p.code, h.code, x.code) AS omb_ethnicity
    FROM extract.eligibility AS e
    LEFT JOIN race AS o ON o.sent = lower(trim(e.race_omb)) LEFT JOIN race AS r ON r.sent = lower(trim(e.race))
    LEFT JOIN ethnicity AS p ON p.sent = lower(trim(e.ethnicity_omb)) LEFT JOIN ethnicity AS h ON h.sent = lower(trim(e.ethnicity))
    LEFT JOIN ethnicity AS x ON x.sent = lower(trim(e.race))
)
SELECT
    person, source_row, person_id, member_id, subscriber_id, known_sex(gender) AS gender, race, ethnicity,
    known_birth_date(birth_date, file_date, ingest_datetime) AS birth_date, death_date, death_flag,
    coalesce(enrollment_start_date, first_of_month(year_month)) AS enrollment_start_date,
    CASE WHEN enrollment_start_date IS NULL THEN last_day(first_of_month(year_month)) ELSE known_end(enrollment_end_date) END AS enrollment_end_date,
    coalesce(nullif(trim(payer), ''), 'unknown') AS payer, payer_type, coalesce(nullif(trim(plan), ''), 'unknown') AS plan,
    original_reason_entitlement_code, dual_status_code, medicare_status_code, enrollment_status, hospice_flag, institutional_snp_flag,
    long_term_institutional_flag, group_id, group_name, name_suffix, first_name, middle_name, last_name, subscriber_relation, state, zip_code, phone,
    coalesce(nullif(lower(trim(product_line)), ''), 'unknown') AS product_line, benefit_medical, benefit_pharmacy, benefit_dental,
    benefit_mental_health, benefit_chemical_dependency, contract_id, pbp_id, snp_type, medicare_beneficiary_id, omb_race AS race_omb,
    omb_ethnicity AS ethnicity_omb, race_source, ethnicity_source, language_spoken, language_written, interpreter_needed, sex_at_birth,
    gender_identity, part_b_start_date, low_income_subsidy, data_source, file_name
FROM mapped
ANTI JOIN (SELECT source_row FROM extract.set_aside WHERE table_name = 'eligibility') AS aside USING (source_row)

-- coverage span, as the roster of the day knows it: one span in eight is told of weeks after it began, one end in seven weeks after it came
WITH known AS (
    SELECT *, CAST(start_date + CASE WHEN draw(key_of(key, start_date), 'told late') < 0.125 THEN 15 + draw_days(key_of(key, start_date), 'how late', 65) ELSE -20 END AS DATE) AS start_known,
        CAST(end_date + CASE WHEN draw(key_of(key, end_date), 'ends late') < 0.15 THEN 10 + draw_days(key_of(key, end_date), 'how late', 50) ELSE -10 END AS DATE) AS end_known
    FROM generate.span
)
SELECT p.person_id, s.member_id, s.member_id AS subscriber_id, p.sex AS gender, p.race, p.ethnicity, p.birth_date, CASE WHEN p.death_date <= a.to_date THEN p.death_date END AS death_date,
    CAST(coalesce(p.death_date <= a.to_date, false) AS INTEGER) AS death_flag, s.start_date AS enrollment_start_date, CASE WHEN s.end_known <= a.to_date THEN s.end_date END AS enrollment_end_date,
    s.payer, s.payer_type, s.plan, s.product_line, 'active' AS enrollment_status,
    CASE WHEN s.product_line = 'medicare' THEN CASE WHEN p.age < 65 THEN '1' ELSE '0' END END AS original_reason_entitlement_code,
    -- One roster line in fifty says nothing of Medicaid.
    CASE WHEN s.product_line = 'medicare' THEN CASE WHEN s.plan LIKE '%Dual%' THEN '02' WHEN draw(p.key, 'dual status') >= 0.02 THEN 'NA' END END AS dual_status_code,
    CASE WHEN s.product_line = 'medicare' THEN CASE WHEN p.age < 65 THEN '20' ELSE '10' END END AS medicare_status_code,
    -- Who has Medicaid beside Medicare has the drug subsidy by law; of others few, and one line in fifty says nothing.
    CASE WHEN s.product_line = 'medicare' AND s.plan NOT LIKE '%Dual%' AND draw(p.key, 'dual status') >= 0.02 THEN draw(p.key, 'low income') < 0.06 END AS low_income_subsidy,
    CAST(t.id IS NOT NULL AND s.product_line = 'medicare' AND draw(p.key, 'hospice') < 0.5 AS INTEGER) AS hospice_flag,
    CAST(s.product_line = 'medicare' AND p.age >= 66 AND draw(p.key, 'institution') < 0.012 AS INTEGER) AS institutional_snp_flag,
    CAST(s.product_line = 'medicare' AND p.age >= 66 AND draw(p.key, 'institution') BETWEEN 0.012 AND 0.02 AS INTEGER) AS long_term_institutional_flag,
    p.first_name, p.last_name, 'self' AS subscriber_relation, p.address,
    r.city, 'CA' AS state, r.zip_code, '555-01' || lpad(CAST(draw_days(p.key, 'phone', 100) AS VARCHAR), 2, '0') AS phone,
    true AS benefit_medical, draw(p.key, 'pharmacy carved out') >= 0.03 AS benefit_pharmacy, false AS benefit_dental, true AS benefit_mental_health, true AS benefit_chemical_dependency,
    s.contract_id, CASE WHEN s.contract_id IS NOT NULL THEN '001' END AS pbp_id,
    CASE WHEN s.product_line = 'medicare' THEN mbi(p.id) END AS medicare_beneficiary_id,
    p.race_omb, p.ethnicity_omb, p.race_source, p.race_source AS ethnicity_source, p.language AS language_spoken, p.language AS language_written,
    p.language <> 'en' AND draw(p.key, 'interpreter') < 0.6 AS interpreter_needed, p.sex AS sex_at_birth,
    'mso' AS data_source, a.file_date, a.delivery
FROM known AS s
JOIN generate.person AS p USING (id)
JOIN generate.delivery AS a ON a.feed = 'MSO roster' AND s.start_known <= a.to_date
JOIN generate.practice AS r ON r.practice = p.practice
LEFT JOIN generate.illness_of_person AS t ON t.id = p.id AND t.illness = 'terminal illness'

-- one row per person and service year (of $as_of and the two before) with Medicare: months covered, what the plan says of Medicaid,
-- entitlement, institution, Part D and low income (NULL: not said), and whether the person came to Medicare in that year. Until a year ends coverage is taken to continue
WITH span AS (
    SELECT person, source_row, birth_date, enrollment_start_date AS start_date, coalesce(enrollment_end_date, DATE 'infinity') AS end_date,
        nullif(trim(original_reason_entitlement_code), '') AS orec,
        CASE WHEN regexp_full_match(trim(dual_status_code), '\d') THEN '0' || trim(dual_status_code) ELSE nullif(upper(trim(dual_status_code)), '') END AS dual_sent,
        -- Codes of CMS (ResDAC, Medicare-Medicaid dual eligibility code); what else stands in the field (*, XX) says nothing.
        CASE WHEN dual_sent IN ('00', '01', '02', '03', '04', '05', '06', '08', '09', '10', '99', 'NA') THEN dual_sent END AS dual_status, part_b_start_date,
        long_term_institutional_flag AS institutional, benefit_pharmacy AS part_d,
        -- By law these Medicaid statuses have the full subsidy to the
        -- end of the year (42 CFR 423.773(c): full-benefit duals, QMB, SLMB, QI; QDWI, 05, is not among them).
        CASE WHEN dual_status IN ('01', '02', '03', '04', '06', '08') THEN TRUE ELSE low_income_subsidy END AS low_income,
        -- What entitles now, of the Medicare status (ResDAC, Medicare status code): it says too who has end-stage renal disease.
        CASE trim(medicare_status_code) WHEN '10' THEN '0' WHEN '20' THEN '1' WHEN '11' THEN '2' WHEN '31' THEN '2' WHEN '21' THEN '3' END AS crec,
        lower(snp_type) IN ('c-snp', 'csnp', 'chronic') AS chronic_snp
    FROM valid.eligibility
    WHERE product_line_of(product_line, payer_type) = 'medicare' AND enrollment_start_date <= CAST($as_of AS DATE)
),
month AS (SELECT make_date(year($as_of) - CAST(i // 12 AS INTEGER), 1 + CAST(i % 12 AS INTEGER), 1) AS first_day FROM range(36) AS t(i)),
began AS (SELECT person, min(start_date) AS first_date FROM span GROUP BY person)
SELECT person, year(first_day) AS year, count(DISTINCT first_day) AS months,
    arg_max(dual_status, (start_date, source_row)) FILTER (dual_status IS NOT NULL) AS dual_status,
    arg_max(orec, (start_date, source_row)) FILTER (orec IS NOT NULL) AS orec, arg_max(crec, (start_date, source_row)) FILTER (crec IS NOT NULL) AS crec, bool_or(institutional = 1) AS institutional,
    bool_or(part_d) AS part_d, bool_or(low_income) AS low_income,
    coalesce(bool_or(chronic_snp), FALSE) AS chronic_snp,
    -- Who had Part B for less than all of the year is new (CMS). Where the roster does not say since when: whoever is covered all year had it; whoever begins
    -- with us when turning 65 is new to Medicare; of others it is not known.
    CASE WHEN max(part_b_start_date) IS NOT NULL THEN max(part_b_start_date) > make_date(year(first_day), 1, 1)
        WHEN count(DISTINCT first_day) = 12 THEN FALSE
        WHEN any_value(first_date) BETWEEN last_day(any_value(birth_date) + INTERVAL 65 YEAR) - 62 AND last_day(any_value(birth_date) + INTERVAL 65 YEAR) + 31
            AND year(any_value(first_date)) = year(first_day) THEN TRUE END AS new_enrollee
FROM span JOIN month ON first_day BETWEEN start_date AND end_date JOIN began USING (person)
GROUP BY person, year(first_day)

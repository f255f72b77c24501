-- one row per person and day of admission on hospital bills that stand: whether it began as an emergency (type of admission 1 of UB-04, or a charge of the
-- emergency room, revenue centre 045x). NULL: the bill says neither
-- sorted by person
SELECT person, admission_date AS admit_date,
    CASE WHEN bool_or(trim(admit_type_code) = '1' OR starts_with(revenue_center_code, '045')) THEN TRUE
        WHEN bool_or(admit_type_code IS NOT NULL OR revenue_center_code IS NOT NULL) THEN FALSE END AS emergency
FROM valid.medical_claim
WHERE admission_date IS NOT NULL AND claim_type = 'institutional' AND stands(line_status, claim_status) AND admission_date <= CAST($as_of AS DATE)
GROUP BY person, admission_date

-- one row per person, contract and span of days with equal benefits; days are inclusive, so a span that ends the day before another begins
-- touches it. Of two plans of one payer and product line on one day, the one that began last counts; other contracts count side by side.
WITH sent AS (
    SELECT person, source_row, payer, product_line_of(product_line, payer_type) AS line, contract_of(payer, plan, line) AS contract,
        enrollment_start_date AS start_date, coalesce(enrollment_end_date, DATE 'infinity') AS end_date,
        -- Benefits not sent are taken to be there; valid.warning counts such rows.
        coalesce(benefit_medical, TRUE) AS benefit_medical, coalesce(benefit_pharmacy, TRUE) AS benefit_pharmacy,
        coalesce(benefit_mental_health, TRUE) AS benefit_mental_health, coalesce(benefit_chemical_dependency, TRUE) AS benefit_chemical_dependency,
        coalesce(hospice_flag = 1, FALSE) AS hospice, coalesce(institutional_snp_flag = 1, FALSE) AS institutional_snp,
        coalesce(long_term_institutional_flag = 1, FALSE) AS long_term_institutional
    FROM valid.eligibility
    WHERE enrollment_start_date <= CAST($as_of AS DATE)
),
-- Spans of equal facts, merged.
fact AS (
    SELECT *, hash(contract, benefit_medical, benefit_pharmacy, benefit_mental_health, benefit_chemical_dependency, hospice, institutional_snp,
        long_term_institutional) AS part
    FROM sent
),
merged AS (
    SELECT person, payer, line, contract, span AS start_date, max(end_date) AS end_date, max(source_row) AS source_row,
        benefit_medical, benefit_pharmacy, benefit_mental_health, benefit_chemical_dependency, hospice, institutional_snp, long_term_institutional
    FROM spans('fact', 1)
    GROUP BY ALL
),
-- Spans of one payer and line that still overlap differ in plan or benefits: they are cut where one begins or ends.
marked AS (
    SELECT *, hash(payer, line) AS part, bool_or(crosses) OVER (PARTITION BY person, payer, line) AS overlapping
    FROM (
        SELECT *, coalesce(start_date <= max(end_date) OVER (PARTITION BY person, payer, line ORDER BY start_date, source_row
            ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), FALSE) AS crosses
        FROM merged
    )
),
overlapping AS (FROM marked WHERE overlapping),
winner AS (
    SELECT person, part, e.start_date, e.end_date, arg_max(contract, (o.start_date, o.source_row)) AS contract
    FROM elementary_spans('overlapping') AS e JOIN overlapping AS o USING (person, part)
    WHERE o.start_date <= e.start_date AND o.end_date >= e.end_date
    GROUP BY ALL
),
cut AS (
    SELECT person, contract, w.start_date, w.end_date, max(source_row) AS source_row, bool_or(benefit_medical) AS benefit_medical,
        bool_or(benefit_pharmacy) AS benefit_pharmacy, bool_or(benefit_mental_health) AS benefit_mental_health,
        bool_or(benefit_chemical_dependency) AS benefit_chemical_dependency, bool_or(hospice) AS hospice,
        bool_or(institutional_snp) AS institutional_snp, bool_or(long_term_institutional) AS long_term_institutional
    FROM winner AS w JOIN overlapping AS o USING (person, part, contract)
    WHERE o.start_date <= w.start_date AND o.end_date >= w.end_date
    GROUP BY person, contract, w.start_date, w.end_date
),
clear AS (
    SELECT *, hash(contract, benefit_medical, benefit_pharmacy, benefit_mental_health, benefit_chemical_dependency, hospice, institutional_snp,
        long_term_institutional) AS part
    FROM cut
)
SELECT person, contract, start_date, end_date, benefit_medical, benefit_pharmacy, benefit_mental_health, benefit_chemical_dependency,
    hospice, institutional_snp, long_term_institutional
FROM marked WHERE NOT overlapping
UNION ALL
SELECT person, contract, span, max(end_date), benefit_medical, benefit_pharmacy, benefit_mental_health, benefit_chemical_dependency,
    hospice, institutional_snp, long_term_institutional
FROM spans('clear', 1)
GROUP BY ALL

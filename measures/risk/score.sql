-- How people are scored: table macros over tables of the caller, given by name, and the tables of tables.sql.
--   people:    member, release, age (years), sex (F, M), dual_status, orec, crec, new_enrollee, snp, lti, low_income; a member once
--   diagnoses: member, release, code (as sent)
-- What of these is not known is NULL; whoever cannot be placed in a segment without it is not scored.

-- risk_people: each member's segment, or why there is none.
CREATE OR REPLACE MACRO risk_people(people) AS TABLE
WITH asked AS (
    SELECT member, release, age, sex, dual_status, orec, crec, new_enrollee, snp, lti, low_income, release LIKE 'RxHCC%' AS rx, concat_ws('; ',
        CASE WHEN age IS NULL THEN 'age is not known' END,
        CASE WHEN sex IS NULL THEN 'sex is not known' END,
        CASE WHEN orec IS NULL THEN 'original reason for entitlement (OREC) is not known' END,
        CASE WHEN lti IS NULL THEN 'long-term institutional status is not known' END,
        CASE WHEN new_enrollee IS NULL THEN 'whether Part B was held for the whole year before is not known' END,
        CASE WHEN NOT rx AND coalesce(dual_status, '99') = '99' THEN 'Medicaid (dual) status is not known' END,
        CASE WHEN NOT rx AND new_enrollee AND snp IS NULL THEN 'special needs plan is not known' END,
        CASE WHEN rx AND NOT lti AND low_income IS NULL THEN 'low income status is not known' END,
        CASE WHEN rx AND new_enrollee AND crec IS NULL THEN 'current reason for entitlement (CREC) is not known' END) AS missing
    FROM query_table(people)
)
SELECT member, release, CAST(floor(age) AS SMALLINT) AS age, sex, nullif(missing, '') AS not_scoreable, CASE
        WHEN missing <> '' THEN NULL
        WHEN rx THEN CASE WHEN new_enrollee THEN 'Rx_NE_' || CASE WHEN lti THEN 'LTI' WHEN low_income THEN 'Lo' ELSE 'NoLo' END
            ELSE 'Rx_CE_' || CASE WHEN lti THEN 'LTI' ELSE CASE WHEN low_income THEN 'Low' ELSE 'NoLow' END || CASE WHEN age >= 65 THEN 'Aged' ELSE 'NoAged' END END END
        -- The institutional segment is one of continuing enrollees.
        WHEN new_enrollee THEN CASE WHEN snp THEN 'SNPNE' ELSE 'NE' END
        WHEN lti THEN 'INS'
        ELSE 'C' || CASE WHEN dual_status IN ('02', '04', '08') THEN 'F' WHEN dual_status IN ('01', '03', '05', '06') THEN 'P' ELSE 'N' END
            || CASE WHEN age >= 65 THEN 'A' ELSE 'D' END END AS segment,
    -- Who is 64 on the day and entitled by age turns 65 in the year: a new enrollee of 65.
    CASE WHEN new_enrollee AND floor(age) = 64 AND orec = '0' THEN 65 ELSE CAST(floor(age) AS SMALLINT) END AS cell_age,
    CASE WHEN new_enrollee THEN dual_status IN ('01', '02', '03', '04', '05', '06', '08')
        ELSE dual_status BETWEEN '01' AND '10' END AS medicaid,
    age >= 65 AND orec = '1' AS originally_disabled, age < 65 AND orec <> '0' AS disabled, age >= 65 AS aged, crec IN ('2', '3') AS esrd
FROM asked;

-- risk_found: the categories that each member's codes have, edits of age and sex still open.
CREATE OR REPLACE MACRO risk_found(diagnoses) AS TABLE
WITH said AS MATERIALIZED (SELECT DISTINCT release, code FROM query_table(diagnoses)),
meaning AS MATERIALIZED (
    SELECT s.release, s.code, sure, slots
    FROM said AS s JOIN reference.risk_code AS c ON c.release = s.release AND c.code = upper(replace(trim(s.code), '.', ''))
)
SELECT d.member, bit_or(sure) AS sure, bit_or(slots) AS slots
FROM query_table(diagnoses) AS d JOIN meaning AS m ON m.release = d.release AND m.code = d.code
GROUP BY d.member;

-- risk_placed: scoreable members with the categories that stand (`paid`): after edits, required companions and hierarchies.
CREATE OR REPLACE MACRO risk_placed(people, diagnoses) AS TABLE
WITH person AS MATERIALIZED (FROM risk_people(people)),
found AS MATERIALIZED (
    SELECT p.member, p.release, p.age, p.sex, coalesce(f.sure, 0::UHUGEINT) AS sure, coalesce(f.slots, 0::UBIGINT) AS slots
    FROM person AS p JOIN risk_found(diagnoses) AS f ON f.member = p.member
    WHERE p.segment IS NOT NULL AND p.segment NOT IN ('NE', 'SNPNE') AND p.segment NOT LIKE 'Rx_NE%'  -- diseases of new enrollees do not count
),
edited AS (
    SELECT f.member, bit_or(e.bit) AS bits
    FROM found AS f JOIN reference.risk_edit AS e ON e.release = f.release AND (f.slots & e.slot) <> 0::UBIGINT
    WHERE f.slots <> 0::UBIGINT
        AND (coalesce(f.age <= e.to_age, FALSE) OR coalesce(f.age >= e.from_age, FALSE) OR coalesce(f.sex = e.sex, FALSE)) = e.when_edited
    GROUP BY f.member
),
meant AS (
    SELECT f.member, f.release, f.sure | coalesce(e.bits, 0::UHUGEINT) AS bits FROM found AS f LEFT JOIN edited AS e ON e.member = f.member
),
accompanied AS (
    SELECT m.member, m.release, CASE WHEN (m.bits & r.bit) <> 0::UHUGEINT AND (m.bits & r.one_of) = 0::UHUGEINT THEN xor(m.bits, r.bit) ELSE m.bits END AS bits
    FROM meant AS m LEFT JOIN reference.risk_required AS r ON r.release = m.release
),
standing AS (
    SELECT a.member, bits & ~list_reduce(list_transform(h.hierarchy, lambda x: CASE WHEN (bits & x.bit) <> 0::UHUGEINT THEN x.drops ELSE 0::UHUGEINT END),
        lambda x, y: x | y) AS paid
    FROM accompanied AS a JOIN reference.risk_hierarchy AS h ON h.release = a.release
)
SELECT p.*, coalesce(s.paid, 0::UHUGEINT) AS paid, bit_count(CAST(coalesce(s.paid, 0::UHUGEINT) AS HUGEINT)) AS payment_count
FROM person AS p LEFT JOIN standing AS s ON s.member = p.member;

-- risk_factors: each coefficient that a member gets.
CREATE OR REPLACE MACRO risk_factors(placed) AS TABLE
SELECT p.member, p.release, p.segment, f.kind, f.category, f.variable, f.coefficient
FROM query_table(placed) AS p JOIN reference.risk_factor AS f ON f.release = p.release AND f.segment = p.segment
WHERE p.paid <> 0::UHUGEINT AND f.kind <> 'person'
    AND (f.one_of IS NULL OR (p.paid & f.one_of) <> 0::UHUGEINT) AND (f.and_one_of IS NULL OR (p.paid & f.and_one_of) <> 0::UHUGEINT)
    AND (f.payment_count IS NULL OR p.payment_count BETWEEN f.payment_count AND f.payment_count_to)
    AND (f.disabled IS NULL OR p.disabled) AND (f.aged IS NULL OR p.aged = f.aged)
UNION ALL
SELECT p.member, p.release, p.segment, f.kind, f.category, f.variable, f.coefficient
FROM query_table(placed) AS p JOIN reference.risk_factor AS f ON f.release = p.release AND f.segment = p.segment
WHERE f.kind = 'person' AND (f.sex IS NULL OR f.sex = p.sex) AND (f.from_age IS NULL OR p.cell_age BETWEEN f.from_age AND f.to_age)
    AND (f.medicaid IS NULL OR p.medicaid = f.medicaid) AND (f.originally_disabled IS NULL OR p.originally_disabled = f.originally_disabled)
    AND (f.esrd IS NULL OR p.esrd = f.esrd);

-- risk_scores: one row per member of `people`: exact raw score, the categories that count and every factor; NULL with the reason where not scoreable.
CREATE OR REPLACE MACRO risk_scores(placed, factors) AS TABLE
WITH summed AS (
    SELECT member, release, sum(coefficient) AS raw_score, list_sort(list(category) FILTER (category IS NOT NULL)) AS hccs,
        list_sort(list({'factor': variable, 'coefficient': coefficient})) AS factors
    FROM query_table(factors)
    GROUP BY member, release
)
SELECT p.member, p.release, p.segment, CASE WHEN p.segment IS NOT NULL THEN CAST(coalesce(s.raw_score, 0) AS DECIMAL(12, 3)) END AS raw_score,
    CASE WHEN p.segment IS NOT NULL THEN coalesce(s.hccs, []) END AS hccs, CASE WHEN p.segment IS NOT NULL THEN coalesce(s.factors, []) END AS factors,
    p.not_scoreable
FROM query_table(placed) AS p LEFT JOIN summed AS s ON s.member = p.member AND s.release = p.release;

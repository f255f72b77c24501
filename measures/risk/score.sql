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

-- risk_placed: members with the categories that stand (`paid`): after edits, required companions and hierarchies.
CREATE OR REPLACE MACRO risk_placed(people, diagnoses) AS TABLE
WITH found AS MATERIALIZED (
    SELECT p.*, f.sure, f.slots
    FROM risk_people(people) AS p LEFT JOIN risk_found(diagnoses) AS f ON f.member = p.member
        -- Diseases of new enrollees do not count.
        AND p.segment IS NOT NULL AND p.segment NOT IN ('NE', 'SNPNE') AND p.segment NOT LIKE 'Rx_NE%'
),
edited AS (
    SELECT f.member, bit_or(e.bit) AS bits
    FROM (FROM found WHERE slots <> 0::UBIGINT) AS f JOIN reference.risk_edit AS e ON e.release = f.release AND (f.slots & e.slot) <> 0::UBIGINT
    WHERE (coalesce(f.age <= e.to_age, FALSE) OR coalesce(f.age >= e.from_age, FALSE) OR coalesce(f.sex = e.sex, FALSE)) = e.when_edited
    GROUP BY f.member
),
meant AS (
    SELECT f.* EXCLUDE (sure, slots), coalesce(f.sure, 0::UHUGEINT) | coalesce(e.bits, 0::UHUGEINT) AS bits
    FROM found AS f LEFT JOIN edited AS e ON e.member = f.member
),
accompanied AS (
    SELECT m.* REPLACE (CASE WHEN (m.bits & r.bit) <> 0::UHUGEINT AND (m.bits & r.one_of) = 0::UHUGEINT THEN xor(m.bits, r.bit) ELSE m.bits END AS bits)
    FROM meant AS m LEFT JOIN reference.risk_required AS r ON r.release = m.release
)
SELECT a.* EXCLUDE (bits), CASE WHEN bits = 0::UHUGEINT THEN bits ELSE bits & ~list_reduce(
        list_transform(h.hierarchy, lambda x: CASE WHEN (bits & x.bit) <> 0::UHUGEINT THEN x.drops ELSE 0::UHUGEINT END), lambda x, y: x | y) END AS paid
FROM accompanied AS a JOIN reference.risk_hierarchy AS h ON h.release = a.release;

-- risk_scores: one row per member: exact raw score, the categories that count and every factor; NULL with the reason where not scoreable.
CREATE OR REPLACE MACRO risk_scores(placed) AS TABLE
WITH counted AS (SELECT *, bit_count(CAST(paid AS HUGEINT)) AS payment_count FROM query_table(placed)),
chosen AS (
    SELECT p.member, p.release, p.segment, p.not_scoreable, coalesce(s.categories, []) AS categories, coalesce(s.of_category, []) AS of_category,
        CASE WHEN p.paid <> 0::UHUGEINT THEN list_transform(s.bits, lambda x: (p.paid & x) <> 0::UHUGEINT) ELSE [] END AS stands,
        CASE WHEN payment_count = 0 OR s.asks IS NULL THEN [] ELSE list_where(s.of_several, list_transform(s.asks, lambda x: (p.paid & x.one_of) <> 0::UHUGEINT
            AND (x.and_one_of IS NULL OR (p.paid & x.and_one_of) <> 0::UHUGEINT) AND (x.disabled IS NULL OR p.disabled)
            AND (x.aged IS NULL OR p.aged = x.aged))) END AS of_several,
        CASE WHEN payment_count = 0 OR s.of_count IS NULL THEN [] ELSE s.of_count[least(payment_count, 10):least(payment_count, 10)] END AS of_count,
        coalesce(c.of_person, []) AS of_person
    FROM counted AS p
    LEFT JOIN reference.risk_segment_factor AS s ON s.release = p.release AND s.segment = p.segment
    LEFT JOIN reference.risk_cell AS c ON c.release = p.release AND c.segment = p.segment AND c.sex = p.sex AND c.cell_age = p.cell_age
        AND c.medicaid = coalesce(p.medicaid, FALSE) AND c.originally_disabled = p.originally_disabled AND c.esrd = coalesce(p.esrd, FALSE)
),
listed AS (
    SELECT member, release, segment, not_scoreable, CASE WHEN len(stands) > 0 THEN list_where(categories, stands) ELSE [] END AS hccs,
        of_person || CASE WHEN len(stands) > 0 THEN list_where(of_category, stands) ELSE [] END || of_several || of_count AS factors
    FROM chosen
)
SELECT member, release, segment,
    CASE WHEN segment IS NOT NULL THEN CAST(coalesce(list_sum(list_transform(factors, lambda x: x.coefficient)), 0) AS DECIMAL(12, 3)) END AS raw_score,
    CASE WHEN segment IS NOT NULL THEN hccs END AS hccs, CASE WHEN segment IS NOT NULL THEN factors END AS factors, not_scoreable
FROM listed;

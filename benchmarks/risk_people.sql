-- Random members and diagnoses from a seed: every dual status, entitlement, age and segment; codes that models map, edit and do not know,
-- as sent: plain, with a dot, in small letters.
CREATE OR REPLACE MACRO random_members(people) AS TABLE
SELECT 'P' || i AS person_id, CAST(hash(i, 'age') % 111 AS INTEGER) AS age, ['F', 'M', '2', '1'][1 + CAST(hash(i, 'sex') % 4 AS INTEGER)] AS sex,
    ['00', '01', '02', '03', '04', '05', '06', '07', '08', '09', '10', 'NA'][1 + CAST(hash(i, 'dual') % 12 AS INTEGER)] AS dual_status,
    CAST(hash(i, 'orec') % 4 AS VARCHAR) AS orec, CAST(hash(i, 'crec') % 4 AS VARCHAR) AS crec, hash(i, 'new') % 8 = 0 AS new_enrollee,
    hash(i, 'snp') % 4 = 0 AS snp, hash(i, 'lti') % 10 = 0 AS lti, hash(i, 'low') % 3 = 0 AS low_income
FROM range(people) AS t(i);

CREATE OR REPLACE MACRO random_codes(folder) AS TABLE
SELECT row_number() OVER (ORDER BY code) - 1 AS n, code FROM (
    SELECT DISTINCT code FROM read_csv(folder || '/*/map.csv', all_varchar = true)
    UNION ALL SELECT DISTINCT code FROM read_csv(folder || '/*/edit.csv', all_varchar = true)
    UNION ALL SELECT 'Z' || lpad(CAST(i AS VARCHAR), 4, '0') FROM range(2000) AS t(i));

CREATE OR REPLACE MACRO random_diagnoses(people, each, codes) AS TABLE
WITH said AS (
    SELECT i, hash(i, 'what') % total AS n FROM range(people * each) AS t(i), (SELECT count(*) AS total FROM query_table(codes))
)
SELECT 'P' || hash(i, 'who') % people AS person_id,
    CASE hash(i, 'written') % 3 WHEN 0 THEN lower(code) WHEN 1 THEN code[:3] || '.' || code[4:] ELSE code END AS code
FROM said JOIN query_table(codes) AS c ON CAST(c.n AS UBIGINT) = said.n;

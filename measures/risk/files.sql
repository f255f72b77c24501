-- What `huddleboard risk` reads: a parquet file of members and one of diagnoses, whatever types their columns have.

-- risk_text: a value as text, trimmed and in capitals; a number without its empty decimals; empty is NULL.
CREATE OR REPLACE MACRO risk_text(value) AS CASE WHEN ends_with(CAST(value AS VARCHAR), '.0') THEN split_part(trim(CAST(value AS VARCHAR)), '.', 1)
    ELSE nullif(upper(trim(CAST(value AS VARCHAR))), '') END;

-- risk_flag, risk_sex: of what risk_text gave. NULL where nothing is said, NULL too for what is neither (a fault, see below).
CREATE OR REPLACE MACRO risk_flag(text) AS CASE WHEN text IN ('1', 'TRUE', 'T', 'YES', 'Y') THEN TRUE WHEN text IN ('0', 'FALSE', 'F', 'NO', 'N') THEN FALSE END;

CREATE OR REPLACE MACRO risk_sex(text) AS CASE WHEN text IN ('F', '2', 'FEMALE') THEN 'F' WHEN text IN ('M', '1', 'MALE') THEN 'M' END;

CREATE OR REPLACE MACRO risk_dual(value) AS CASE WHEN length(risk_text(value)) = 1 THEN '0' || risk_text(value) ELSE risk_text(value) END;

-- risk_sent: the members of a file as texts, with the number of their row.
CREATE OR REPLACE MACRO risk_sent(file) AS TABLE
SELECT file_row_number + 1 AS row_number, CAST(person_id AS VARCHAR) AS person_id, risk_text(age) AS age, risk_text(sex) AS sex,
    risk_dual(dual_status) AS dual_status, risk_text(orec) AS orec, risk_text(crec) AS crec, risk_text(new_enrollee) AS new_enrollee,
    risk_text(snp) AS snp, risk_text(lti) AS lti, risk_text(low_income) AS low_income
FROM read_parquet(file, file_row_number = true);

-- risk_members: the people of risk_sent, as score.sql asks for them.
CREATE OR REPLACE MACRO risk_members(sent, of_release) AS TABLE
SELECT person_id AS member, of_release AS release, TRY_CAST(age AS DOUBLE) AS age, risk_sex(sex) AS sex, dual_status, orec, crec,
    risk_flag(new_enrollee) AS new_enrollee, risk_flag(snp) AS snp, risk_flag(lti) AS lti, risk_flag(low_income) AS low_income, row_number
FROM query_table(sent);

CREATE OR REPLACE MACRO risk_diagnoses(file, of_release) AS TABLE
SELECT CAST(person_id AS VARCHAR) AS member, of_release AS release, CAST(code AS VARCHAR) AS code FROM read_parquet(file);

-- risk_faults: the first row of each kind of fault in what risk_sent gives: column, row, what is there and what would do. Nobody's id.
CREATE OR REPLACE MACRO risk_faults(table_sent) AS TABLE
WITH sent AS (FROM query_table(table_sent)),
fault AS (
    SELECT 'person_id' AS of_column, row_number, 'nothing' AS found, 'every member needs an id' AS cure FROM sent WHERE coalesce(person_id, '') = ''
    UNION ALL SELECT 'person_id', row_number, 'an id that an earlier row has', 'one row a member' FROM (
        SELECT row_number, row_number() OVER (PARTITION BY person_id ORDER BY row_number) AS nth FROM sent
        SEMI JOIN (SELECT person_id FROM sent GROUP BY person_id HAVING count(*) > 1) USING (person_id)) WHERE nth > 1
    UNION ALL SELECT 'age', row_number, age, 'years, 0 to 130' FROM sent WHERE age IS NOT NULL AND coalesce(TRY_CAST(age AS DOUBLE) NOT BETWEEN 0 AND 130, TRUE)
    UNION ALL SELECT 'sex', row_number, sex, 'F or M (or 2 and 1), nothing when unknown' FROM sent
        WHERE sex NOT IN ('U', 'UNKNOWN', 'UNK', '0', '9') AND risk_sex(sex) IS NULL
    UNION ALL SELECT 'dual_status', row_number, dual_status, 'the code of the Medicare-Medicaid dual status: 00 to 10, NA for none, nothing or 99 when unknown' FROM sent
        WHERE dual_status NOT IN ('00', '01', '02', '03', '04', '05', '06', '07', '08', '09', '10', '99', 'NA')
    UNION ALL SELECT 'orec', row_number, orec, '0, 1, 2 or 3, nothing when unknown' FROM sent WHERE orec NOT IN ('0', '1', '2', '3')
    UNION ALL SELECT 'crec', row_number, crec, '0, 1, 2 or 3, nothing when unknown' FROM sent WHERE crec NOT IN ('0', '1', '2', '3')
    UNION ALL SELECT name, row_number, value, 'true or false (or 1 and 0), nothing when unknown'
        FROM (UNPIVOT (FROM sent WHERE coalesce(new_enrollee, '1') NOT IN ('0', '1', 'TRUE', 'FALSE') OR coalesce(snp, '1') NOT IN ('0', '1', 'TRUE', 'FALSE')
            OR coalesce(lti, '1') NOT IN ('0', '1', 'TRUE', 'FALSE') OR coalesce(low_income, '1') NOT IN ('0', '1', 'TRUE', 'FALSE'))
            ON new_enrollee, snp, lti, low_income INTO NAME name VALUE value) WHERE risk_flag(value) IS NULL
)
SELECT of_column, min(row_number) AS first_row, arg_min(found, row_number) AS found, any_value(cure) AS cure, count(*) AS rows
FROM fault GROUP BY of_column, cure ORDER BY first_row, of_column;

-- Macros by which queries/extract and queries/valid judge rows.

-- known_birth_date: NULL for a placeholder and for a day after the file came.
CREATE OR REPLACE MACRO known_birth_date(birth_date, file_date, ingest_datetime) AS
    CASE WHEN birth_date > DATE '1900-01-01' AND birth_date <= coalesce(file_date, CAST(ingest_datetime AS DATE), birth_date) THEN birth_date END;

-- known_end: the last day of a span; NULL = open, however the source writes that.
CREATE OR REPLACE MACRO known_end(end_date) AS CASE WHEN end_date < DATE '2099-01-01' THEN end_date END;

-- first_of_month: of '202401' or '2024-01'.
CREATE OR REPLACE MACRO first_of_month(year_month) AS TRY_CAST(left(replace(year_month, '-', ''), 4) || '-' || replace(year_month, '-', '')[5:6] || '-01' AS DATE);

-- older_versions: rows (table_name, person, data_source, id, source_row, file_name, file_date, source_updated_at, record_action) of which a newer
-- row has the same id, and those that the source has taken back. Looks closely only at ids that come twice.
CREATE OR REPLACE MACRO older_versions(rows) AS TABLE
WITH doubled AS (
    SELECT hash(table_name, person, data_source, id) AS key FROM query_table(rows)
    GROUP BY ALL HAVING count(*) > 1 OR bool_or(record_action = 'D')
),
placed AS (
    SELECT table_name, source_row, data_source, file_name, record_action, row_number() OVER newest AS place, first_value(source_row) OVER newest AS newest_row
    FROM query_table(rows) AS r SEMI JOIN doubled ON doubled.key = hash(r.table_name, r.person, r.data_source, r.id)
    WINDOW newest AS (PARTITION BY table_name, person, data_source, id
                      ORDER BY source_updated_at DESC NULLS LAST, file_date DESC NULLS LAST, source_row DESC)
)
SELECT table_name, source_row, data_source, file_name, CASE WHEN place > 1 THEN 'older_version' ELSE 'deleted' END AS rule,
    CASE WHEN place > 1 THEN 'by ' || row_text(newest_row) END AS found
FROM placed
WHERE place > 1 OR record_action = 'D';

-- is_npi: ten digits, the last of which checks the others (with the prefix 80840, which adds 24; every second digit from the right counts twice,
-- less 9 above 9). Arithmetic on one number: every claim line has several.
CREATE OR REPLACE MACRO twice(digit) AS digit * 2 - CASE WHEN digit > 4 THEN 9 ELSE 0 END;
CREATE OR REPLACE MACRO is_number_npi(n) AS n BETWEEN 1000000000 AND 9999999999 AND (24 + n % 10 + twice(n // 10 % 10) + n // 100 % 10
    + twice(n // 1000 % 10) + n // 10000 % 10 + twice(n // 100000 % 10) + n // 1000000 % 10 + twice(n // 10000000 % 10) + n // 100000000 % 10
    + twice(n // 1000000000)) % 10 = 0;
CREATE OR REPLACE MACRO is_npi(npi) AS coalesce(is_number_npi(TRY_CAST(npi AS BIGINT)) AND CAST(TRY_CAST(npi AS BIGINT) AS VARCHAR) = npi, FALSE);

-- known_npi: NULL for what is no NPI: the row stands, its provider is unknown.
CREATE OR REPLACE MACRO known_npi(npi) AS CASE WHEN is_npi(trim(npi)) THEN trim(npi) END;

-- is_loinc: digits, a dash and a digit that checks them; answer lists (LA), parts (LP) and groups (LG) have no check digit that is public.
CREATE OR REPLACE MACRO is_loinc(code) AS regexp_matches(code, '^(LA|LL|LP|LG)\d{1,8}-\d$') OR regexp_matches(code, '^\d{1,7}-\d$') AND
    (10 - list_sum(list_transform(range(1, length(code) - 1), lambda i: CASE WHEN i % 2 = 0 THEN TRY_CAST(code[-2 - i] AS INTEGER)
        ELSE 2 * TRY_CAST(code[-2 - i] AS INTEGER) // 10 + 2 * TRY_CAST(code[-2 - i] AS INTEGER) % 10 END)) % 10) % 10 = TRY_CAST(code[-1] AS INTEGER);

---- results ----

-- result_parts: comparator, number and unit of a result as text: '<5.7', '7,2', '7.2 %', '1,234'. Empty texts when it is no number.
CREATE OR REPLACE MACRO result_parts(result) AS
    regexp_extract(trim(result), '^(<=|>=|=<|=>|<|>|≤|≥)?\s*([+-]?(?:\d+|\d{1,3}(?:,\d{3})+)(?:[.,]\d*)?|\.\d+)\s*(%|[A-Za-zµ\[][A-Za-zµ/\[\]0-9.*^{}]*)?$',
        ['comparator', 'number', 'unit']);

-- number_of: '7,2' -> 7.2; '1,234' -> 1234; '0,072' -> 0.072.
CREATE OR REPLACE MACRO number_of(number) AS TRY_CAST(CASE
    WHEN regexp_matches(number, '^[+-]?[1-9]\d{0,2}(,\d{3})+(\.\d*)?$') THEN replace(number, ',', '')
    ELSE replace(number, ',', '.') END AS DOUBLE);

-- result_number: the number of a result. A text that a typed source (FHIR) sends as text is left alone.
CREATE OR REPLACE MACRO result_number(result, result_numeric, result_type) AS CASE
    WHEN result_numeric IS NOT NULL OR result IS NULL OR result_type NOT IN ('quantity', 'integer') THEN result_numeric
    ELSE coalesce(CASE WHEN isfinite(TRY_CAST(result AS DOUBLE)) THEN TRY_CAST(result AS DOUBLE) END, number_of(result_parts(result).number)) END;
CREATE OR REPLACE MACRO comparator_of(result, result_comparator, result_type) AS CASE
    WHEN result_comparator IS NOT NULL OR result IS NULL OR result_type NOT IN ('quantity', 'integer') THEN result_comparator
    WHEN is_one_of(result[1], '|<|>|=|≤|≥| |') THEN nullif(replace(replace(replace(replace(result_parts(result).comparator, '=<', '<='), '=>', '>='), '≤', '<='), '≥', '>='), '')
    END;
-- A letter behind a number may be a flag (H, L) instead of a unit.
CREATE OR REPLACE MACRO unit_of(result, units, result_type) AS CASE
    WHEN units IS NOT NULL OR result IS NULL OR result_type NOT IN ('quantity', 'integer') OR TRY_CAST(result AS DOUBLE) IS NOT NULL THEN units
    WHEN NOT is_one_of(upper(result_parts(result).unit), '||H|L|HH|LL|A|N|HIGH|LOW|') THEN result_parts(result).unit END;

-- says_nothing: a result that only says that there is none.
CREATE OR REPLACE MACRO says_nothing(result) AS regexp_matches(upper(trim(result)), '^([^A-Z0-9]*|(SEE|REFER TO) .*|PENDING|NOTE|COMMENT|UNKNOWN|ERROR|NO RESULT)$');
-- says_not_performed: a result that says that there was no test.
CREATE OR REPLACE MACRO says_not_performed(result) AS
    regexp_matches(upper(trim(result)), '^(TNP|QNS|CANCELL?ED|(TEST )?NOT (PERFORMED|DONE)|QUANTITY NOT SUFFICIENT|SPECIMEN .*|HEMOLYZED|CLOTTED)$');

---- people and claims ----

-- known_sex: female, male or unknown, from words and letters.
CREATE OR REPLACE MACRO known_sex(sex) AS CASE WHEN lower(trim(sex)) IN ('female', 'f') THEN 'female' WHEN lower(trim(sex)) IN ('male', 'm') THEN 'male'
    WHEN sex IS NOT NULL THEN 'unknown' END;

-- diagnosis_system: as sent, else by the day on which ICD-10-CM began.
CREATE OR REPLACE MACRO diagnosis_system(code_type, day) AS
    coalesce(normal_system(code_type), CASE WHEN day < DATE '2015-10-01' THEN 'ICD9CM' ELSE 'ICD10CM' END);

-- modifiers: of a claim line as a list, in no order that means anything; 'LT59' is two.
CREATE OR REPLACE MACRO modifiers(a, b, c, d, e) AS CASE
    WHEN coalesce(a, b, c, d, e) IS NULL THEN []::VARCHAR[]
    ELSE flatten(list_transform(list_filter([plain(a), plain(b), plain(c), plain(d), plain(e)], lambda m: m IS NOT NULL), lambda m:
        CASE WHEN length(m) IN (4, 6, 8) THEN list_transform(range(1, length(m), 2), lambda i: m[i:i + 1]) ELSE [m] END)) END;

---- the inventory of codes ----

-- listed_codes: codes in the list `codes` of rows (data_source, file_name, source_row, codes), counted per file.
CREATE OR REPLACE MACRO listed_codes(rows) AS TABLE
SELECT data_source, file_name, source_row >> 36 AS file_no, code_system, code, count(*) AS rows, min(source_row) AS first_row
FROM (SELECT data_source, file_name, source_row, unnest(codes, recursive := true) FROM query_table(rows))
WHERE code IS NOT NULL
GROUP BY ALL;

-- named_codes: codes of rows (data_source, file_name, source_row, code_system, code), counted per file. One column at a time is quick: the
-- parquet file holds a column of codes as a dictionary.
CREATE OR REPLACE MACRO named_codes(rows) AS TABLE
SELECT data_source, file_name, source_row >> 36 AS file_no, code_system, code, count(*) AS rows, min(source_row) AS first_row
FROM query_table(rows) WHERE code IS NOT NULL
GROUP BY ALL;

-- clinical_codes: all three places of a clinical table of Tuva's: list, code as sent, code as mapped.
CREATE OR REPLACE MACRO clinical_codes(rows) AS TABLE
WITH sent AS (SELECT data_source, file_name, source_row, source_code_type AS code_system, source_code AS code FROM query_table(rows)),
mapped AS (SELECT data_source, file_name, source_row, normalized_code_type AS code_system, normalized_code AS code FROM query_table(rows))
FROM listed_codes(rows) UNION ALL FROM named_codes('sent') UNION ALL FROM named_codes('mapped');

-- warned: rows (table_name, data_source, file_name, rule, rows, first_row, found) added up per file and rule, with what would cure it.
CREATE OR REPLACE MACRO warned(counted, rules) AS TABLE
WITH example AS (
    SELECT table_name, data_source, file_name, rule, found, sum(rows) AS rows, min(first_row) AS first_row FROM query_table(counted) GROUP BY ALL
)
SELECT w.table_name, w.data_source, w.file_name, w.rule, CAST(sum(w.rows) AS BIGINT) AS rows, row_of(min(w.first_row)) AS first_row,
    -- the commonest examples
    nullif(array_to_string(list(w.found ORDER BY w.rows DESC, w.found)[1:5], ', '), '') AS found, any_value(r.cure) AS cure
FROM example AS w LEFT JOIN query_table(rules) AS r ON r.table_name = w.table_name AND r.rule = w.rule
GROUP BY w.table_name, w.data_source, w.file_name, w.rule;

-- short_key: the upper half of a hash, by which a refresh finds older rows that new ones may decide about: unequal values rarely have equal keys, equal
-- ones always.
CREATE OR REPLACE MACRO short_key(hashed) AS CAST(hashed >> 32 AS UINTEGER);

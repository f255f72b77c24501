-- Tables of every release (model and payment year) from the CSV files of $folder, in the shape that score.sql asks.
-- A set of categories is one number: a bit for each category of the release.

CREATE OR REPLACE MACRO risk_csv(folder, name) AS TABLE
SELECT parse_path(filename)[-2] AS release, regexp_replace(release, '-\d{4}$', '') AS model, * EXCLUDE (filename)
FROM read_csv(folder || '/*/' || name || '.csv', all_varchar = true, header = true, delim = ',', quote = '"', filename = true);

CREATE OR REPLACE MACRO risk_rules(folder, name) AS TABLE
FROM read_csv(folder || '/' || name || '.csv', all_varchar = true, header = true, delim = ',', quote = '"', comment = '#');

-- category of a release: its bit and its name
CREATE OR REPLACE TABLE reference.risk_category AS
SELECT release, model, CAST(right(release, 4) AS SMALLINT) AS payment_year, CAST(category AS SMALLINT) AS category, label, chronic = 'yes' AS chronic,
    1::UHUGEINT << (row_number() OVER (PARTITION BY release ORDER BY CAST(category AS SMALLINT)) - 1)::UHUGEINT AS bit
FROM risk_csv($folder, 'label');

-- The set of the categories that a text names: '35 36 37'.
CREATE OR REPLACE MACRO risk_set(of_release, categories) AS (
    SELECT coalesce(bit_or(bit), 0::UHUGEINT) FROM reference.risk_category
    WHERE release = of_release AND category IN (SELECT CAST(unnest(string_split(categories, ' ')) AS SMALLINT)));

-- code, category and when an edit of age or sex gives it another one or none
CREATE OR REPLACE TEMP TABLE risk_meaning AS
WITH map AS (SELECT release, code, CAST(category AS SMALLINT) AS category FROM risk_csv($folder, 'map')),
edit AS (
    SELECT release, code, nullif(sex, '') AS sex, CAST(nullif(from_age, '') AS SMALLINT) AS from_age, CAST(nullif(to_age, '') AS SMALLINT) AS to_age,
        CAST(nullif(category, '') AS SMALLINT) AS category
    FROM risk_csv($folder, 'edit')
)
-- An edit takes every category of its code, also of a code that has two.
SELECT m.release, m.code, m.category, e.code IS NOT NULL AS edited, FALSE AS when_edited, e.sex, e.from_age, e.to_age
FROM map AS m LEFT JOIN edit AS e ON e.release = m.release AND e.code = m.code
UNION ALL
SELECT e.release, e.code, e.category, TRUE, TRUE, e.sex, e.from_age, e.to_age
FROM edit AS e SEMI JOIN map AS m ON m.release = e.release AND m.code = e.code
WHERE e.category IS NOT NULL;

-- category that hangs on age or sex: slot is its bit among such
CREATE OR REPLACE TABLE reference.risk_edit AS
SELECT release, category, when_edited, sex, from_age, to_age, bit,
    1::UBIGINT << (row_number() OVER (PARTITION BY release ORDER BY category, when_edited, sex, from_age, to_age) - 1)::UBIGINT AS slot
FROM (SELECT DISTINCT release, category, when_edited, sex, from_age, to_age FROM risk_meaning WHERE edited)
JOIN reference.risk_category USING (release, category);

-- diagnosis code: the categories that it surely has, and the slots that hang on age or sex
CREATE OR REPLACE TABLE reference.risk_code AS
SELECT m.release, m.code, bit_or(CASE WHEN m.edited THEN 0::UHUGEINT ELSE c.bit END) AS sure, bit_or(coalesce(e.slot, 0::UBIGINT)) AS slots
FROM risk_meaning AS m JOIN reference.risk_category AS c ON c.release = m.release AND c.category = m.category
LEFT JOIN reference.risk_edit AS e ON m.edited AND e.release = m.release AND e.category = m.category AND e.when_edited = m.when_edited
    AND e.sex IS NOT DISTINCT FROM m.sex AND e.from_age IS NOT DISTINCT FROM m.from_age AND e.to_age IS NOT DISTINCT FROM m.to_age
GROUP BY ALL;

-- release: what a category drops, as pairs of bits; what a category needs beside it
CREATE OR REPLACE TABLE reference.risk_hierarchy AS
SELECT release, list({'bit': bit, 'drops': drops}) AS hierarchy
FROM (
    SELECT h.release, c.bit, bit_or(d.bit) AS drops
    FROM risk_csv($folder, 'hierarchy') AS h
    JOIN reference.risk_category AS c ON c.release = h.release AND c.category = CAST(h.category AS SMALLINT)
    JOIN reference.risk_category AS d ON d.release = h.release AND d.category = CAST(h.drops AS SMALLINT)
    GROUP BY ALL
)
GROUP BY release;

CREATE OR REPLACE TABLE reference.risk_required AS
SELECT c.release, c.bit, risk_set(c.release, r.one_of) AS one_of
FROM risk_rules($folder, 'required') AS r JOIN reference.risk_category AS c ON c.model = r.model AND c.category = CAST(r.category AS SMALLINT);

-- coefficient of a release and segment, and for whom it holds; NULL asks nothing. understood: FALSE is a variable that nobody would ever get
CREATE OR REPLACE TABLE reference.risk_factor AS
WITH sent AS (SELECT release, model, segment, variable, CAST(value AS DECIMAL(9, 3)) AS coefficient FROM risk_csv($folder, 'coefficient')),
shaped AS (
    SELECT s.*, i.one_of, i.and_one_of, i.who, i.title,
        regexp_extract(s.variable, '^(?:.*_)?(?:NE)?([FM])(\d+)(?:_(\d+|GT))?(OD)?$', ['sex', 'low', 'high', 'od']) AS cell,
        TRY_CAST(regexp_extract(s.variable, '^(?:RX)?HCC(\d+)$', 1) AS SMALLINT) AS category,
        TRY_CAST(regexp_extract(s.variable, '^D(\d+)P?$', 1) AS TINYINT) AS payment_count
    FROM sent AS s LEFT JOIN risk_rules($folder, 'interaction') AS i ON i.model = s.model AND lower(i.variable) = lower(s.variable)
)
SELECT release, segment, variable, coefficient, title,
    CASE WHEN category IS NOT NULL THEN 'category' WHEN payment_count IS NOT NULL THEN 'count' WHEN one_of IS NOT NULL THEN 'interaction' ELSE 'person' END AS kind,
    category,
    CASE WHEN coalesce(one_of, CAST(category AS VARCHAR)) <> '' THEN risk_set(shaped.release, coalesce(one_of, CAST(category AS VARCHAR))) END AS one_of,
    CASE WHEN and_one_of <> '' THEN risk_set(shaped.release, and_one_of) END AS and_one_of,
    payment_count, CASE WHEN variable = 'D10P' THEN 127 ELSE payment_count END AS payment_count_to,
    CASE WHEN variable LIKE 'OriginallyDisabled_%' THEN left(split_part(variable, '_', 2), 1) ELSE nullif(cell.sex, '') END AS sex,
    CASE WHEN cell.od = 'OD' THEN 65 ELSE CAST(nullif(cell.low, '') AS SMALLINT) END AS from_age,
    CASE WHEN cell.od = 'OD' OR cell.high = 'GT' THEN 200 WHEN cell.sex <> '' THEN CAST(coalesce(nullif(cell.high, ''), cell.low) AS SMALLINT) END AS to_age,
    CASE WHEN variable LIKE 'NMCAID_%' THEN FALSE WHEN variable LIKE 'MCAID_%' OR variable = 'LTIMCAID' THEN TRUE END AS medicaid,
    CASE WHEN regexp_matches(variable, '_(NORIGDIS|NOD)_') THEN FALSE
        WHEN regexp_matches(variable, '_(ORIGDIS|OD)_|^OriginallyDisabled_|^ORIGDS$') OR cell.od = 'OD' THEN TRUE END AS originally_disabled,
    CASE WHEN variable LIKE 'NESRD_%' THEN FALSE WHEN variable LIKE 'ESRD_%' THEN TRUE END AS esrd,
    CASE WHEN who = 'disabled' THEN TRUE END AS disabled, CASE WHEN who = 'non_aged' THEN FALSE END AS aged,
    coalesce(category, payment_count) IS NOT NULL OR one_of IS NOT NULL OR cell.sex <> '' OR variable IN ('LTIMCAID', 'ORIGDS')
        OR variable LIKE 'OriginallyDisabled_%' AS understood
FROM shaped;

DROP TABLE risk_meaning;

-- The same coefficients as a person meets them: of a segment, those of single categories and those of several, side by side with what they ask;
-- of a segment, sex, age and status, those that hang on nothing else. One row each, so that scoring a person is looking up two rows.
CREATE OR REPLACE TABLE reference.risk_segment_factor AS
SELECT release, segment, list(category ORDER BY category) FILTER (kind = 'category') AS categories, list(one_of ORDER BY category) FILTER (kind = 'category') AS bits,
    list({'factor': variable, 'coefficient': coefficient} ORDER BY category) FILTER (kind = 'category') AS of_category,
    list({'one_of': one_of, 'and_one_of': and_one_of, 'disabled': disabled, 'aged': aged} ORDER BY variable) FILTER (kind = 'interaction') AS asks,
    list({'factor': variable, 'coefficient': coefficient} ORDER BY variable) FILTER (kind = 'interaction') AS of_several,
    list({'factor': variable, 'coefficient': coefficient} ORDER BY payment_count) FILTER (kind = 'count') AS of_count
FROM reference.risk_factor GROUP BY release, segment;

CREATE OR REPLACE TABLE reference.risk_cell AS
WITH factor AS (FROM reference.risk_factor WHERE kind = 'person'),
-- Years of age between which no coefficient begins or ends: a list for each band costs a sixth of one for each year.
band AS (
    SELECT release, segment, from_age AS low, lead(from_age, 1, 131) OVER (PARTITION BY release, segment ORDER BY from_age) AS below
    FROM (SELECT release, segment, 0 AS from_age FROM factor
        UNION SELECT release, segment, from_age FROM factor WHERE from_age <= 130
        UNION SELECT release, segment, to_age + 1 FROM factor WHERE to_age < 130)
),
status AS (
    SELECT sex, medicaid, originally_disabled, esrd
    FROM (SELECT unnest(['F', 'M']) AS sex), (SELECT unnest([TRUE, FALSE]) AS medicaid),
        (SELECT unnest([TRUE, FALSE]) AS originally_disabled), (SELECT unnest([TRUE, FALSE]) AS esrd)
),
of_band AS (
    SELECT b.release, b.segment, s.sex, b.low, b.below, s.medicaid, s.originally_disabled, s.esrd,
        list({'factor': f.variable, 'coefficient': f.coefficient} ORDER BY f.variable) AS of_person
    FROM band AS b JOIN factor AS f ON f.release = b.release AND f.segment = b.segment AND (f.from_age IS NULL OR b.low BETWEEN f.from_age AND f.to_age)
    JOIN status AS s ON (f.sex IS NULL OR f.sex = s.sex) AND (f.medicaid IS NULL OR f.medicaid = s.medicaid)
        AND (f.originally_disabled IS NULL OR f.originally_disabled = s.originally_disabled) AND (f.esrd IS NULL OR f.esrd = s.esrd)
    GROUP BY ALL
)
SELECT release, segment, sex, CAST(unnest(range(low, below)) AS SMALLINT) AS cell_age, medicaid, originally_disabled, esrd, of_person FROM of_band;

-- CPT and HCPCS codes and bill types that make a diagnosis count, by payment year
CREATE OR REPLACE TABLE reference.risk_service AS
SELECT CAST(regexp_extract(filename, '-(\d{4})\.csv$', 1) AS SMALLINT) AS payment_year, code
FROM read_csv($folder || '/eligible_service-*.csv', all_varchar = true, header = true, delim = ',', filename = true);
CREATE OR REPLACE TABLE reference.risk_bill_type AS SELECT prefix, needs_service = '1' AS needs_service FROM risk_rules($folder, 'bill_type');

-- what segments are called
CREATE OR REPLACE TABLE reference.risk_segment AS SELECT segment, name FROM risk_rules($folder, 'segment');

-- comorbidity indices: conditions with their weights, and the codes that begin with
CREATE OR REPLACE TABLE reference.comorbidity AS
SELECT index AS of_index, condition, title, CAST(weight AS TINYINT) AS weight, nullif(replaced_by, '') AS replaced_by, TRY_CAST(lace AS TINYINT) AS lace FROM risk_rules($folder, 'comorbidity');
CREATE OR REPLACE TABLE reference.comorbidity_code AS SELECT index AS of_index, condition, code FROM risk_rules($folder, 'comorbidity_code');

-- what audits doubt; what evidence suggests
CREATE OR REPLACE TABLE reference.risk_doubted AS SELECT CAST(category AS SMALLINT) AS category, coalesce(code, '') AS code, title, wants, source FROM risk_rules($folder, 'high_risk');
CREATE OR REPLACE TABLE reference.risk_suspect AS
SELECT rule, title, concept AS concept_name, TRY_CAST(at_least AS DOUBLE) AS at_least, TRY_CAST(below AS DOUBLE) AS below, CAST(times AS TINYINT) AS times,
    CAST(days_apart AS SMALLINT) AS days_apart, list_transform(string_split(one_of, ' '), lambda x: CAST(x AS SMALLINT)) AS one_of, evidence, confidence, source
FROM risk_rules($folder, 'suspect');
-- categories of sensitive services, and what each factor of a release is called; a factor of several categories is as sensitive as one of them
CREATE OR REPLACE TABLE reference.risk_sensitive AS SELECT model, CAST(category AS SMALLINT) AS category, service FROM risk_rules($folder, 'sensitive');
CREATE OR REPLACE TABLE reference.risk_factor_name AS
WITH hidden AS (SELECT c.release, bit_or(c.bit) AS bits FROM reference.risk_category AS c JOIN reference.risk_sensitive AS s USING (model, category) GROUP BY c.release)
SELECT f.release, f.variable AS factor, any_value(coalesce(c.label, f.title, CASE WHEN f.kind = 'count' THEN 'number of conditions'
        WHEN f.variable LIKE 'OriginallyDisabled%' OR f.variable = 'ORIGDS' THEN 'originally entitled by disability' WHEN f.variable = 'LTIMCAID' THEN 'Medicaid in an institution'
        WHEN regexp_matches(f.variable, '^[FM]\d') AND f.segment NOT LIKE 'Rx_NE%' THEN 'age and sex' ELSE 'age and sex of a new enrollee' END)) AS label,
    any_value(c.category) AS category, bool_or(coalesce((f.one_of & h.bits) <> 0::UHUGEINT OR (f.and_one_of & h.bits) <> 0::UHUGEINT, FALSE)) AS sensitive
FROM reference.risk_factor AS f LEFT JOIN reference.risk_category AS c ON c.release = f.release AND c.category = f.category
LEFT JOIN hidden AS h ON h.release = f.release
GROUP BY f.release, f.variable;

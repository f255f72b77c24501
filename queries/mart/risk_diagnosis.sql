-- risk_diagnosis: one row per Medicare person and diagnosis code on claims of this service year that V28 or V24 knows: whether the V28 score counts it, and if
-- not why: the claim, the person, a graver condition, age or sex, or the model
-- sorted by person
-- per person
WITH release AS (
    SELECT model, arg_max(release, payment_year) AS release FROM reference.risk_category WHERE model IN ('V28', 'V24') AND payment_year <= year($as_of) + 1 GROUP BY model
),
scored AS (SELECT person, segment, hccs FROM result.risk_score WHERE model = 'V28' AND service_year = year($as_of)),
said AS MATERIALIZED (FROM coded.diagnosis_year SEMI JOIN scored USING (person) WHERE year = year($as_of)),
-- Only of codes that are said: thousands of codes times a hundred categories would be most of the work.
code AS MATERIALIZED (FROM reference.risk_code SEMI JOIN release USING (release) SEMI JOIN said USING (code)),
meaning AS MATERIALIZED (
    SELECT k.model, c.code, k.release, k.category, k.label, k.bit
    FROM code AS c JOIN reference.risk_category AS k USING (release) WHERE (c.sure & k.bit) <> 0::UHUGEINT
    UNION SELECT k.model, c.code, k.release, k.category, k.label, k.bit
    FROM code AS c JOIN reference.risk_edit AS e ON e.release = c.release AND (c.slots & e.slot) <> 0::UBIGINT
    JOIN reference.risk_category AS k ON k.release = e.release AND k.category = e.category
),
-- A code that either model calls sensitive is; a code that V28 knows is told of by V28.
known AS (
    SELECT m.*, m.code IN (SELECT o.code FROM meaning AS o JOIN reference.risk_sensitive AS s ON s.model = o.model AND s.category = o.category) AS sensitive
    FROM meaning AS m WHERE m.model = 'V28' OR m.code NOT IN (SELECT code FROM meaning WHERE model = 'V28')
),
graver AS (
    SELECT h.release, h.bit, g.category, g.label, h.drops
    FROM (SELECT release, unnest(hierarchy, recursive := true) FROM reference.risk_hierarchy) AS h JOIN reference.risk_category AS g ON g.release = h.release AND g.bit = h.bit
),
judged AS (
    SELECT d.person, d.code, k.label, k.category, k.sensitive, d.last_date, d.source_row, d.days, CASE
            WHEN k.model <> 'V28' THEN 'a condition of V24 only, not of V28'
            WHEN NOT d.counts THEN d.why_not
            WHEN s.segment IS NULL THEN 'the patient is not scoreable'
            WHEN s.segment IN ('NE', 'SNPNE') THEN 'new to Medicare: diagnoses count from the next year on'
            WHEN list_contains(s.hccs, k.category) THEN NULL
            ELSE coalesce((SELECT 'a graver condition counts instead: ' || min(g.label) FROM graver AS g
                WHERE g.release = k.release AND (g.drops & k.bit) <> 0::UHUGEINT AND list_contains(s.hccs, g.category)),
                'the code asks for another age or sex, or for a condition beside it') END AS why_not
    FROM said AS d JOIN known AS k USING (code) JOIN scored AS s USING (person)
)
-- Of a code with several conditions the one that counts speaks.
SELECT DISTINCT ON (person, code) person, code, label, why_not IS NULL AS counts, why_not, days, last_date, sensitive, file_of(source_row) AS file_no, row_of(source_row) AS row_number
FROM judged
ORDER BY person, code, why_not NULLS FIRST, category

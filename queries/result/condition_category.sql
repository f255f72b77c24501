-- one row per Medicare person, service year and category of V28 that a claim names, whether it counts or not: before edits of age and hierarchies
-- sorted by person
-- beside the cards
WITH release AS (SELECT arg_max(release, payment_year) AS release FROM reference.risk_category WHERE model = 'V28' AND payment_year <= year($as_of) + 1),
code AS (
    SELECT c.code, k.category FROM reference.risk_code AS c JOIN release USING (release) JOIN reference.risk_category AS k USING (release)
    WHERE (c.sure & k.bit) <> 0::UHUGEINT
    UNION SELECT c.code, e.category FROM reference.risk_code AS c JOIN release USING (release) JOIN reference.risk_edit AS e USING (release)
    WHERE (c.slots & e.slot) <> 0::UBIGINT AND NOT e.when_edited
)
SELECT d.person, d.year, c.category, bool_or(d.counts) AS counts, CASE WHEN NOT bool_or(d.counts) THEN min(d.why_not) END AS why_not,
    CAST(sum(d.days) FILTER (d.counts) AS INTEGER) AS days, count(*) FILTER (d.counts) AS codes, list(d.code ORDER BY d.code) FILTER (d.counts) AS named, min(d.first_date) AS first_date, max(d.last_date) AS last_date,
    arg_max(d.source_row, (d.last_date, d.source_row)) AS source_row, bool_or(d.hospital) AS hospital
FROM coded.diagnosis_year AS d JOIN code AS c USING (code)
WHERE d.person IN (SELECT person FROM coded.medicare_year)
GROUP BY d.person, d.year, c.category

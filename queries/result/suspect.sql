-- one row per Medicare person and rule of measures/risk/suspect.csv that the record fits while no claim of this year or the last names the condition
-- sorted by person
-- beside the cards
WITH seen AS (
    SELECT e.person, r.rule, count(DISTINCT e.start_date) AS times, max(e.start_date) - min(e.start_date) AS days_apart, max(e.start_date) AS last_date,
        arg_max(e.value, (e.start_date, e.fact, e.value)) AS last_value, arg_max(e.fact, (e.start_date, e.fact)) AS source_row
    FROM coded.event AS e JOIN reference.concept AS c USING (concept) JOIN reference.risk_suspect AS r ON r.concept_name = c.name
    WHERE e.start_date BETWEEN CAST($as_of AS DATE) - 730 AND CAST($as_of AS DATE)
        AND (e.kinds & (kind('pending') | kind('not_done') | kind('not_done_issued') | kind('not_requested') | kind('ordered'))) = 0
        AND (r.at_least IS NULL OR isfinite(e.value) AND e.value >= r.at_least) AND (r.below IS NULL OR isfinite(e.value_high) AND e.value_high < r.below)
    GROUP BY e.person, r.rule
),
known AS (
    SELECT DISTINCT person, k.category FROM coded.diagnosis_year AS d JOIN reference.risk_code AS c ON c.code = d.code
    JOIN reference.risk_category AS k ON k.release = c.release AND ((c.sure & k.bit) <> 0::UHUGEINT)
    WHERE k.model = 'V28' AND d.stands AND d.year >= year($as_of) - 1
)
SELECT s.person, s.rule, s.times, s.last_date, s.last_value, s.source_row
FROM seen AS s JOIN reference.risk_suspect AS r USING (rule)
WHERE s.times >= r.times AND s.days_apart >= r.days_apart AND s.person IN (SELECT person FROM coded.medicare_year WHERE year = year($as_of))
    AND NOT EXISTS (FROM known AS k WHERE k.person = s.person AND list_contains(r.one_of, k.category))

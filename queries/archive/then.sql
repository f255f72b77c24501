-- then: what the last version of the newest earlier month of the year said of whom this version says something else: the ground of mart.rate_change.
-- $people: only these, NULL for everybody. Nothing where that version does not tell its rules (an archive of an older program)
CREATE OR REPLACE TABLE history.then_version AS
SELECT point, rules, as_of, known_at FROM (
    SELECT point, coalesce(since, point) AS rules, as_of, least(known_at, made_at) AS known_at FROM archive.version
    WHERE NOT forgotten AND date_trunc('month', as_of) < date_trunc('month', CAST($as_of AS DATE)) AND year(as_of) = year(CAST($as_of AS DATE))
    ORDER BY point DESC LIMIT 1
) WHERE rules IN (SELECT point FROM archive.rule);
CREATE OR REPLACE TABLE history.then_rule AS
SELECT rate_key, rule FROM archive.rule WHERE point = (SELECT rules FROM history.then_version);
CREATE OR REPLACE TABLE history.then_contract AS
SELECT contract, product_line FROM archive.contract;

CREATE OR REPLACE TEMP TABLE stood AS
SELECT rate_key, period, person, unit, contract, denominator, exclusion, exception, numerator, panel_set
FROM archive.result, history.then_version
WHERE point BETWEEN from_point AND to_point - 1 AND period = year(as_of)
    AND ($people IS NULL OR person IN (SELECT unnest(CAST($people AS INTEGER[]))));
CREATE OR REPLACE TEMP TABLE stands AS
SELECT rate_key, period, person, unit, contract, denominator, exclusion, exception, numerator, panel_set
FROM history.result
WHERE EXISTS (FROM history.then_version) AND ($people IS NULL OR person IN (SELECT unnest(CAST($people AS INTEGER[]))));

-- Who counts otherwise in a rate. settled: on the same panels and under the same contracts at both moments.
CREATE OR REPLACE TABLE history.then_key AS
WITH changed AS (
    SELECT rate_key, period, person FROM (FROM stood EXCEPT FROM stands) UNION SELECT rate_key, period, person FROM (FROM stands EXCEPT FROM stood)
),
place AS (
    SELECT person, list_sort(list(DISTINCT contract)) AS contracts, min(panel_set) AS panel_set FROM stood GROUP BY person
),
place_now AS (
    SELECT person, list_sort(list(DISTINCT contract)) AS contracts, min(panel_set) AS panel_set FROM stands GROUP BY person
)
SELECT c.*, coalesce(a.contracts = b.contracts AND a.panel_set = b.panel_set, false) AS settled
FROM changed AS c LEFT JOIN place AS a USING (person) LEFT JOIN place_now AS b USING (person);
CREATE OR REPLACE TABLE history.then_result AS
FROM stood SEMI JOIN history.then_key USING (rate_key, period, person);
DROP TABLE stood; DROP TABLE stands;

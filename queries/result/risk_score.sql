-- one row per Medicare person, model and service year: raw score by the tables of `release`, what counts and each factor, or why there is no score.
-- Service year Y pays in Y + 1: scored by the newest tables that are final by then; age is that of 1 February of Y + 1 (CMS software)
-- sorted by person
-- beside the cards
WITH table_of AS (SELECT DISTINCT release, model, payment_year FROM reference.risk_category),
-- This year and the last by V28; the last by V24 too, which tells a change of models from one of care; this year by RxHCC for who has Part D.
asked AS (
    SELECT unnest([{'model': 'V28', 'back': 0, 'number': 0, 'of_part_d': FALSE}, {'model': 'V28', 'back': 1, 'number': 1, 'of_part_d': FALSE},
        {'model': 'V24', 'back': 1, 'number': 2, 'of_part_d': FALSE}, {'model': 'RxHCC-V08', 'back': 0, 'number': 3, 'of_part_d': TRUE}], recursive := true)
),
run AS (
    SELECT a.model, year($as_of) - a.back AS year, a.number, a.of_part_d,
        coalesce(arg_max(t.release, t.payment_year) FILTER (t.payment_year <= year($as_of) - a.back + 1), arg_min(t.release, t.payment_year)) AS release
    FROM asked AS a JOIN table_of AS t USING (model) GROUP BY ALL
),
people AS MATERIALIZED (
    SELECT p.person * 4 + r.number AS member, p.person, r.release, r.model, r.year,
        CASE WHEN p.birth_date IS NOT NULL THEN age_on(p.birth_date, make_date(r.year + 1, 2, 1)) END AS age,
        CASE p.sex WHEN 'female' THEN 'F' WHEN 'male' THEN 'M' END AS sex, m.dual_status, m.orec, m.crec,
        m.new_enrollee, m.chronic_snp AS snp, m.institutional AS lti, m.low_income
    FROM coded.medicare_year AS m JOIN coded.person AS p USING (person) JOIN run AS r USING (year)
    WHERE NOT r.of_part_d OR m.part_d
),
diagnoses AS MATERIALIZED (
    SELECT p.member, p.release, d.code FROM coded.diagnosis_year AS d JOIN people AS p ON p.person = d.person AND p.year = d.year WHERE d.counts
),
placed AS MATERIALIZED (FROM risk_placed('people', 'diagnoses'))
SELECT p.person, p.model, p.year AS service_year, s.release, CASE WHEN u.person IS NULL THEN s.segment END AS segment,
    CASE WHEN u.person IS NULL THEN s.raw_score END AS raw_score, CASE WHEN u.person IS NULL THEN s.hccs END AS hccs,
    CASE WHEN u.person IS NULL THEN s.factors END AS factors,
    nullif(concat_ws('; ', s.not_scoreable, CASE WHEN u.person IS NOT NULL THEN 'diagnoses on claims are not in ICD-10-CM' END), '') AS not_scoreable
FROM risk_scores('placed') AS s JOIN people AS p ON p.member = s.member
-- Claims whose diagnoses cannot be read would score as those of a healthy person.
LEFT JOIN coded.diagnosed_year AS u ON u.person = p.person AND u.year = p.year AND NOT u.readable

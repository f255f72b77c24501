-- one row per person whose diagnoses can be read, comorbidity index and year's end (this one: what claims say of this service year and the one
-- before; the last: of the two before it): sum of weights and conditions, 0 where claims name none; a graver form takes the place of a lesser one
-- sorted by person
-- beside the cards
WITH code AS (
    SELECT DISTINCT d.code, c.of_index, c.condition
    FROM (SELECT DISTINCT code FROM coded.diagnosis_year) AS d JOIN reference.comorbidity_code AS c ON starts_with(d.code, c.code)
),
year_end AS (SELECT year($as_of) - unnest([0, 1]) AS year),
-- Who has no diagnosis that can be read has no index, and so no tier: that is not the same as no illness.
readable AS (
    SELECT DISTINCT d.person, i.of_index, y.year
    FROM coded.diagnosed_year AS d JOIN year_end AS y ON d.year BETWEEN y.year - 1 AND y.year, (SELECT DISTINCT of_index FROM reference.comorbidity) AS i
    WHERE d.readable
),
had AS (
    SELECT DISTINCT d.person, c.of_index, y.year, c.condition
    FROM coded.diagnosis_year AS d JOIN code AS c USING (code) JOIN year_end AS y ON d.year BETWEEN y.year - 1 AND y.year
    WHERE d.stands
),
standing AS (
    SELECT h.person, h.of_index, h.year, c.title, c.weight
    FROM had AS h JOIN reference.comorbidity AS c USING (of_index, condition)
    ANTI JOIN had AS graver ON graver.person = h.person AND graver.of_index = h.of_index AND graver.year = h.year AND graver.condition = c.replaced_by
),
summed AS (
    SELECT person, of_index, year, sum(weight) AS score, count(*) AS conditions, list(title ORDER BY weight DESC, title) AS titles
    FROM standing GROUP BY person, of_index, year
)
SELECT r.person, r.of_index, r.year, CAST(coalesce(s.score, 0) AS SMALLINT) AS score, coalesce(s.conditions, 0) AS conditions, coalesce(s.titles, []) AS titles
FROM readable AS r LEFT JOIN summed AS s USING (person, of_index, year)

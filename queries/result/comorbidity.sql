-- one row per person, comorbidity index and year's end (this one: what claims say of this service year and the one before; the last: of the two
-- before it): sum of weights and conditions; a graver form takes the place of a lesser one
-- sorted by person
WITH code AS (
    SELECT DISTINCT d.code, c.of_index, c.condition
    FROM (SELECT DISTINCT code FROM coded.diagnosis_year) AS d JOIN reference.comorbidity_code AS c ON starts_with(d.code, c.code)
),
had AS (
    SELECT DISTINCT d.person, c.of_index, y.year, c.condition
    FROM coded.diagnosis_year AS d JOIN code AS c USING (code) JOIN (SELECT year($as_of) - unnest([0, 1]) AS year) AS y ON d.year BETWEEN y.year - 1 AND y.year
    WHERE d.stands
),
standing AS (
    SELECT h.person, h.of_index, h.year, c.condition, c.title, c.weight
    FROM had AS h JOIN reference.comorbidity AS c USING (of_index, condition)
    ANTI JOIN had AS graver ON graver.person = h.person AND graver.of_index = h.of_index AND graver.year = h.year AND graver.condition = c.replaced_by
)
SELECT person, of_index, year, CAST(sum(weight) AS SMALLINT) AS score, count(*) AS conditions, list(title ORDER BY weight DESC, title) AS titles
FROM standing GROUP BY person, of_index, year

-- discharge: one row per living person whose last acute stay ended in the 30 days up to $as_of: LACE index at that discharge, point by point (van Walraven C et al., CMAJ
-- 2010;182:551-557, adults). A part that the files do not tell is NULL: the sum is then the least that it can be
-- sorted by person
-- per person
WITH stay AS (
    SELECT person, max(admit_date) AS admit_date, max(discharge_date) AS discharge_date
    FROM (SELECT person, arg_max(admit_date, (discharge_date, admit_date)) AS admit_date, max(discharge_date) AS discharge_date FROM coded.stay
        WHERE acute AND discharge_date BETWEEN CAST($as_of AS DATE) - 30 AND CAST($as_of AS DATE) GROUP BY person)
    GROUP BY person
),
room AS (
    SELECT e.person, e.start_date FROM coded.event AS e JOIN reference.concept AS c USING (concept)
    WHERE c.name = 'emergency_department_evaluation_and_management_visit' AND (e.kinds & (kind('pending') | kind('ordered'))) = 0 AND e.person IN (SELECT person FROM stay)
),
visit AS (
    -- The visit that led to the stay is not one of the six months before.
    SELECT s.person, count(DISTINCT r.start_date) FILTER (r.start_date >= s.admit_date - INTERVAL 6 MONTH AND r.start_date < s.admit_date - 1) AS times,
        coalesce(bool_or(r.start_date BETWEEN s.admit_date - 1 AND s.admit_date), FALSE) AS came_by_it
    FROM stay AS s LEFT JOIN room AS r USING (person) GROUP BY s.person
),
bill AS (
    SELECT s.person, CASE WHEN bool_or(b.emergency) THEN TRUE WHEN bool_or(NOT b.emergency) THEN FALSE END AS emergency
    FROM stay AS s JOIN coded.hospital_bill AS b ON b.person = s.person AND b.admit_date BETWEEN s.admit_date AND s.discharge_date GROUP BY s.person
),
ill AS (
    -- The paper's own weights of the Charlson conditions (measures/risk/comorbidity.csv, lace).
    SELECT c.person, coalesce(sum(w.lace), 0) AS weight
    FROM result.comorbidity AS c LEFT JOIN reference.comorbidity AS w ON w.of_index = c.of_index AND list_contains(c.titles, w.title)
    WHERE c.of_index = 'charlson' AND c.year = year($as_of) AND c.person IN (SELECT person FROM stay) GROUP BY c.person
),
point AS (
    SELECT s.person, s.admit_date, s.discharge_date, date_diff('day', s.admit_date, s.discharge_date) AS days,
        CASE WHEN days < 1 THEN 0 WHEN days <= 3 THEN days WHEN days <= 6 THEN 4 WHEN days <= 13 THEN 5 ELSE 7 END AS length_points,
        CASE WHEN v.came_by_it OR b.emergency THEN 3 WHEN NOT b.emergency THEN 0 END AS acuity_points,
        CASE WHEN i.weight >= 4 THEN 5 ELSE i.weight END AS comorbidity_points, least(v.times, 4) AS emergency_points
    FROM stay AS s JOIN coded.person AS p USING (person) LEFT JOIN visit AS v USING (person) LEFT JOIN bill AS b USING (person) LEFT JOIN ill AS i USING (person)
    WHERE age_on(p.birth_date, s.discharge_date) >= 18 AND NOT coalesce(p.held, FALSE) AND coalesce(p.death_date > $as_of, TRUE)
)
SELECT person, admit_date, discharge_date, CAST(days AS INTEGER) AS days, CAST(length_points AS TINYINT) AS length_points, CAST(acuity_points AS TINYINT) AS acuity_points,
    CAST(comorbidity_points AS TINYINT) AS comorbidity_points, CAST(emergency_points AS TINYINT) AS emergency_points,
    CAST(length_points + coalesce(acuity_points, 0) + coalesce(comorbidity_points, 0) + emergency_points AS TINYINT) AS lace,
    acuity_points IS NOT NULL AND comorbidity_points IS NOT NULL AS complete
FROM point

-- one row per person covered on $index whose year after it ($index + 1 to $until) is known: covered on nine of ten days looked at, until death where
-- the person died. An admission is an acute inpatient stay; one with a delivery is none
WITH looked_at AS (
    SELECT unnest(generate_series(CAST($index AS DATE), CAST($until AS DATE), INTERVAL 30 DAY)) AS on_date
),
person AS (
    SELECT person, coalesce(death_date, DATE 'infinity') AS death_date FROM coded.person
),
known AS (
    SELECT c.person, count(DISTINCT on_date) AS times
    FROM coded.coverage AS c JOIN person AS p USING (person) JOIN looked_at ON on_date BETWEEN c.start_date AND c.end_date AND on_date < p.death_date
    WHERE c.benefit_medical
    GROUP BY c.person
),
asked AS (
    SELECT p.person, count(*) AS times FROM person AS p JOIN looked_at ON on_date < p.death_date GROUP BY p.person
),
delivery AS (
    SELECT e.person, e.start_date FROM coded.event AS e JOIN reference.concept AS c USING (concept) WHERE c.name = 'delivery'
),
admitted AS (
    SELECT s.person FROM coded.stay AS s
    WHERE s.acute AND s.admit_date > $index AND s.admit_date <= $until
        AND NOT EXISTS (FROM delivery AS d WHERE d.person = s.person AND d.start_date BETWEEN s.admit_date AND coalesce(s.discharge_date, s.admit_date + 30))
),
emergency AS (
    SELECT e.person FROM coded.event AS e JOIN reference.concept AS c USING (concept)
    WHERE c.name = 'emergency_department_evaluation_and_management_visit' AND (e.kinds & kind('pending')) = 0
        AND e.start_date > $index AND e.start_date <= $until
)
SELECT person, person IN (FROM admitted) AS admission, person IN (FROM emergency) AS emergency
FROM asked JOIN known USING (person)
WHERE known.times >= 0.9 * asked.times
ORDER BY person

-- one row a synthetic person: traits that last. $first to $last are the ids of this shard.
WITH drawn AS (
    SELECT CAST(i AS INTEGER) AS id, key_of(hash(CAST($seed AS BIGINT)), i) AS key, c.*
    FROM range($first, $last + 1) AS numbers (i) CROSS JOIN generate.choice AS c
),
placed AS (
    SELECT id, key, streets, practices, practices_of_young, one_of(plans, key, 'plan') AS plan, one_of(cultures, key, 'culture') AS culture,
        CASE WHEN draw(key, 'sex') < 0.515 THEN 'female' ELSE 'male' END AS sex
    FROM drawn
),
aged AS (
    SELECT placed.*, p.product_line, p.engagement AS plan_engagement, one_of(a.ages, key, 'age band') AS band
    FROM placed JOIN generate.plan AS p USING (plan) JOIN generate.age_list AS a USING (product_line)
),
born AS (
    SELECT *, CAST($as_of - CAST(floor(365.25 * (band.from_age + draw(key, 'age') * (band.to_age - band.from_age + 1))) AS INTEGER) AS DATE) AS birth_date
    FROM aged
),
settled AS (
    -- Internists see adults: who is under 25 goes to a practice with a pediatrician or a family physician.
    SELECT * EXCLUDE (practices, practices_of_young), age_at(birth_date, CAST($as_of AS DATE)) AS age,
        CASE WHEN age_at(birth_date, CAST($as_of AS DATE)) < 25 THEN practices_of_young ELSE practices END AS fitting,
        one_of(fitting, key, 'practice') AS practice, CASE WHEN draw(key, 'moves') < 0.05 THEN one_of(fitting, key, 'second practice') ELSE one_of(fitting, key, 'practice') END AS later_practice
    FROM born
),
named AS (
    SELECT settled.*, c.race, c.race_omb, c.ethnicity, c.ethnicity_omb,
        CASE WHEN draw(key, 'language') < c.language_share THEN c.language ELSE 'en' END AS language,
        one_of(CASE WHEN sex = 'female' THEN n.female ELSE n.male END, key, 'first name') AS first_name,
        one_of(n.last_names, key, 'last name') AS last_name
    FROM settled JOIN generate.culture AS c USING (culture) JOIN generate.name_list AS n USING (culture)
)
SELECT id, key, 'S' || lpad(CAST(id AS VARCHAR), 8, '0') AS person_id, plan, product_line, birth_date, age, sex,
    -- Deaths per year of life about as in the US life table, spread over the three years.
    CASE WHEN draw(key, 'death') < CASE WHEN age >= 85 THEN 0.28 WHEN age >= 75 THEN 0.11 WHEN age >= 65 THEN 0.045 WHEN age >= 40 THEN 0.012 ELSE 0.002 END
        THEN greatest(birth_date + 1, CAST($window_start + draw_days(key, 'death day', $days) AS DATE)) END AS death_date,
    greatest(0, least(1, draw(key, 'engagement') + plan_engagement)) AS engagement, exp(0.45 * bell(key, 'risk')) AS risk,
    -- A few people are known from the chart alone: they have no plan.
    draw(key, 'uninsured') < 0.03 AS uninsured,
    race, race_omb, ethnicity, ethnicity_omb, CASE WHEN draw(key, 'race source') < 0.7 THEN 'direct' ELSE 'indirect' END AS race_source,
    language, first_name, last_name, CAST(100 + draw_days(key, 'house', 9800) AS VARCHAR) || ' ' || one_of(streets, key, 'street') AS address, practice, later_practice,
    one_of(CASE WHEN age < 18 THEN l.of_children WHEN age < 25 THEN l.of_young ELSE l.of_adults END, key, 'clinician') AS clinician,
    one_of(CASE WHEN age < 18 THEN m.of_children WHEN age < 25 THEN m.of_young ELSE m.of_adults END, key, CASE WHEN draw(key, 'changes') < 0.06 THEN 'later clinician' ELSE 'clinician' END) AS later_clinician,
    CAST($window_start + 60 + draw_days(key, 'move day', $days - 120) AS DATE) AS move_date
FROM named
JOIN generate.clinician_list AS l USING (practice)
JOIN generate.clinician_list AS m ON m.practice = later_practice

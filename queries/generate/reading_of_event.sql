-- one row a measurement: laboratory results, vital signs and questionnaires, with the value as a number or in words.
WITH altered AS (
    SELECT i.id, a.test, product(a.factor) AS factor FROM generate.illness_of_person AS i JOIN generate.altered AS a USING (code) GROUP BY i.id, a.test
),
taken AS (
    SELECT e.id, e.event_key, e.day, e.care, r.*, key_of(e.event_key, r.test) AS reading_key, key_of(p.key, r.test) AS person_test, p.key, p.person_id, p.engagement, p.uninsured,
        p.sex, age_at(p.birth_date, e.day) AS age, r.kind = 'vital' AND r.median IS NULL AS of_body
    FROM generate.event AS e
    JOIN generate.reading AS r USING (care)
    JOIN generate.person AS p USING (id)
    WHERE draw(key_of(e.event_key, r.panel), 'taken') < r.share AND (age_at(p.birth_date, e.day) >= 3 OR r.test = 'lead')
),
sized AS (
    -- Weight is what the height and the body mass index of the same visit make of it.
    SELECT t.* EXCLUDE (median, person_test), CASE WHEN of_body THEN key_of(t.key, 'BMI') ELSE person_test END AS person_test,
        CASE WHEN of_body THEN key_of(t.event_key, 'BMI') ELSE reading_key END AS chance_key,
        b.height * exp(b.height_spread * bell(key_of(t.key, 'height'), 'own')) AS tall,
        CASE WHEN NOT of_body THEN t.median * coalesce(a.factor, 1) * CASE WHEN t.panel = 'blood pressure' THEN coalesce(b.pressure, 1) ELSE 1 END
            WHEN t.test = 'height' THEN tall WHEN t.test = 'weight' THEN b.bmi * pow(tall / 100, 2) WHEN t.test = 'BMI percentile' THEN 62 ELSE b.bmi END AS median
    FROM taken AS t
    LEFT JOIN generate.body AS b ON t.kind = 'vital' AND b.sex = t.sex AND t.age BETWEEN b.from_age AND b.to_age
    LEFT JOIN altered AS a ON a.id = t.id AND a.test = t.test
)
SELECT t.id, t.person_id, t.event_key, t.reading_key, t.care, t.test, t.panel, t.kind, t.day, t.unit, t.uninsured, one_of(c.codes, t.person_test, 'code') AS code, t.words IS NOT NULL AS in_words,
    one_of(w.codes, t.reading_key, 'words') AS words,
    -- Who is less engaged and of higher risk is worse controlled: the median moves with both.
    round(greatest(t.floor, least(t.ceiling, t.median * exp(t.spread_person * (bell(t.person_test, 'own') + 0.5 * (0.5 - t.engagement)) + t.spread_reading * bell(t.chance_key, 'this')))), t.decimals) AS value
FROM sized AS t
LEFT JOIN generate.code_list AS c ON c.name = t.code
LEFT JOIN generate.code_list AS w ON w.name = t.words

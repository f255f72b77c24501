-- one row a measurement: laboratory results, vital signs and questionnaires, with the value as a number or in words.
WITH taken AS (
    SELECT e.id, e.event_key, e.day, e.care, r.*, key_of(e.event_key, r.test) AS reading_key, key_of(p.key, r.test) AS person_test, p.person_id, p.engagement, p.risk, p.birth_date, p.death_date
    FROM generate.event AS e
    JOIN generate.reading AS r USING (care)
    JOIN generate.person AS p USING (id)
    WHERE draw(key_of(e.event_key, r.panel), 'taken') < r.share AND (age_at(p.birth_date, e.day) >= 3 OR r.test = 'lead')
)
SELECT t.id, t.person_id, t.event_key, t.reading_key, t.care, t.test, t.panel, t.kind, t.day, t.unit, one_of(c.codes, t.person_test, 'code') AS code, t.words IS NOT NULL AS in_words,
    one_of(w.codes, t.reading_key, 'words') AS words,
    -- Who is less engaged and of higher risk is worse controlled: the median moves with both.
    round(greatest(t.floor, least(t.ceiling, t.median * exp(t.spread_person * (bell(t.person_test, 'own') + 0.5 * (0.5 - t.engagement)) + t.spread_reading * bell(t.reading_key, 'this')))), t.decimals) AS value
FROM taken AS t
LEFT JOIN generate.code_list AS c ON c.name = t.code
LEFT JOIN generate.code_list AS w ON w.name = t.words

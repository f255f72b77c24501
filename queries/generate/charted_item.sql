-- one row an item of the chart of a person without a plan that stands beside the readings of a visit: asked, advised, ordered or prescribed
WITH visit AS (
    SELECT e.id, e.event_key, e.care, e.day, p.person_id, p.sex, age_at(p.birth_date, e.day) AS age, CASE WHEN e.day < p.move_date THEN p.clinician ELSE p.later_clinician END AS clinician
    FROM generate.event AS e
    JOIN generate.person AS p USING (id)
    JOIN generate.care AS c USING (care)
    WHERE p.uninsured AND c.encounter IN ('AMB', 'VR') AND e.day >= $window_start
),
problem AS (
    SELECT i.id, i.illness, i.onset_date FROM generate.illness_of_person AS i JOIN generate.person AS p USING (id) WHERE p.uninsured
),
measured AS (
    SELECT r.event_key, r.test, r.value FROM generate.reading_of_event AS r JOIN generate.person AS p USING (id) WHERE p.uninsured
),
due AS (
    SELECT v.id, v.event_key, v.person_id, v.day, v.clinician, h.item, h.form, h.code, h.answer, h.reason, key_of(v.event_key, h.item) AS item_key
    FROM visit AS v
    JOIN generate.charted AS h ON coalesce(h.care, v.care) = v.care AND coalesce(h.sex, v.sex) = v.sex AND v.age BETWEEN h.from_age AND h.to_age
    LEFT JOIN problem AS i ON i.id = v.id AND i.illness = coalesce(h.illness, h.without) AND i.onset_date <= v.day
    LEFT JOIN measured AS r ON r.event_key = v.event_key AND r.test = h.test AND r.value >= h.from_value AND r.value < h.to_value
    WHERE draw(key_of(v.event_key, h.chance), 'charted') >= h.from_share AND draw(key_of(v.event_key, h.chance), 'charted') < h.to_share
        AND (h.illness IS NULL OR i.id IS NOT NULL) AND (h.without IS NULL OR i.id IS NULL) AND (h.test IS NULL OR r.event_key IS NOT NULL)
)
SELECT d.id, d.event_key, d.item_key, d.person_id, d.day, d.clinician, d.item, d.form, one_of(c.codings, d.item_key, 'code') AS coding,
    one_of(a.codings, d.item_key, 'answer') AS answer, one_of(r.codings, d.item_key, 'reason') AS reason
FROM due AS d
LEFT JOIN generate.coding_list AS c ON c.name = d.code
LEFT JOIN generate.coding_list AS a ON a.name = d.answer
LEFT JOIN generate.coding_list AS r ON r.name = d.reason

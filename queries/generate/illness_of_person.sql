-- one row a person and illness, with its onset and the person's own code for it.
WITH fitting AS (
    SELECT p.id, p.key, p.birth_date, i.illness, i.without, key_of(p.key, i.illness) AS illness_key, i.recent
    FROM generate.person AS p
    JOIN generate.illness AS i ON p.age BETWEEN i.from_age AND i.to_age AND (i.sex IS NULL OR i.sex = p.sex)
    WHERE draw(key_of(p.key, i.illness), 'has') < i.share * (1 + i.risk * (p.risk - 1.1))
)
SELECT f.id, f.key, f.illness,
    greatest(birth_date, CAST(CASE WHEN draw(illness_key, 'recent') < recent THEN $window_start - 200 + draw_days(illness_key, 'onset', $days + 100)
        ELSE $window_start - 30 - draw_days(illness_key, 'onset', 3650) END AS DATE)) AS onset_date,
    one_of(c.codes, illness_key, 'code') AS code
FROM fitting AS f
JOIN generate.code_list AS c ON c.name = f.illness
ANTI JOIN (SELECT id AS other_id, illness AS other_illness FROM fitting) AS o ON o.other_id = f.id AND o.other_illness = f.without

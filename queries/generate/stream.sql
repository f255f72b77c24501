-- one row a person and care that the person gets again and again (or once). Where several needs ask for the same care, the
-- strongest counts; the turns of a schedule by age are streams of their own.
WITH fitting AS (
    SELECT p.id, p.key, p.birth_date, p.death_date, p.engagement, p.practice, n.*, CAST(NULL AS DATE) AS onset_date, CAST(NULL AS VARCHAR) AS illness_code
    FROM generate.person AS p
    JOIN generate.need AS n ON n.illness IS NULL AND n.anchor IN ('calendar', 'birth') AND (n.sex IS NULL OR n.sex = p.sex)
        AND p.age >= n.from_age AND p.age - 4 <= greatest(n.to_age, CASE WHEN n.every_days IS NULL OR n.at_days < 0 THEN n.to_age + 10 ELSE 0 END)
    ANTI JOIN (SELECT id AS other_id, illness AS other_illness FROM generate.illness_of_person) AS o ON o.other_id = p.id AND o.other_illness = n.without
    UNION ALL BY NAME
    SELECT p.id, p.key, p.birth_date, p.death_date, p.engagement, p.practice, n.*, i.onset_date, i.code AS illness_code
    FROM generate.illness_of_person AS i
    JOIN generate.need AS n ON n.illness = i.illness
    JOIN generate.person AS p USING (id)
    WHERE n.sex IS NULL OR n.sex = p.sex
),
chosen AS (
    SELECT f.*, key_of(key_of(f.key, f.care), CASE WHEN f.anchor = 'birth' THEN f.at_days ELSE 0 END) AS stream_key, c.history
    FROM fitting AS f
    JOIN generate.care AS c USING (care)
    JOIN generate.practice AS r ON r.practice = f.practice
    WHERE draw(key_of(f.key, f.care), 'has') < f.share + c.steer * (0.45 * (f.engagement - 0.5) + r.shift)
),
strongest AS (
    SELECT DISTINCT ON (id, stream_key) * FROM chosen ORDER BY id, stream_key, share DESC, at_days, from_age, illness
)
SELECT s.id, s.key, s.stream_key, s.care, s.illness, s.birth_date, s.death_date, s.from_age, s.to_age, s.kept, s.times, s.illness_code, s.history,
    CAST(CASE s.anchor WHEN 'birth' THEN s.birth_date WHEN 'onset' THEN s.onset_date ELSE $window_start END
        + s.at_days + draw_days(s.stream_key, 'start', s.spread_days + 1) AS DATE) AS first_date,
    -- Long treatments: filled every 30 or 90 days and late by how well the person keeps to them; one in fourteen stops.
    f.short, f.drug, CASE WHEN f.short THEN 7 + draw_days(s.stream_key, 'days', 14) WHEN draw(s.stream_key, 'mail') < 0.35 THEN 90 ELSE 30 END AS days_supply,
    CASE WHEN f.drug IS NULL OR f.short THEN s.every_days
        ELSE CASE WHEN draw(s.stream_key, 'mail') < 0.35 THEN 90 ELSE 30 END / (1.02 - 0.30 * pow(draw(s.stream_key, 'late'), 3)) END AS every_days,
    CASE WHEN f.drug IS NOT NULL AND NOT f.short AND draw(s.stream_key, 'stops') < 0.07 THEN draw_days(s.stream_key, 'stop', 900) ELSE 100000 END AS lasts_days
FROM strongest AS s LEFT JOIN generate.fill AS f USING (care)

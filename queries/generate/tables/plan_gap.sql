-- where a plan says that its member stands: once a month, by the claims and seven in ten of the laboratory results (made up) that it had four weeks
-- before. Of care before the three years it lacks one in seven (done elsewhere, under another plan); one closed gap in fifty it forgets, one open gap in thirty it knows closed from a vendor that sends us nothing
WITH list AS (
    SELECT d.delivery, d.file_date, d.to_date, s.id, s.key, s.start_date, s.member_id, s.payer, s.plan, s.product_line
    FROM generate.delivery AS d
    JOIN generate.span AS s ON d.feed = s.payer || ' gaps' AND coalesce(s.end_date, d.to_date) >= d.to_date - 28
),
counted AS (
    SELECT l.*, m.measure, p.person_id, CAST(date_trunc('year', l.to_date) + INTERVAL 1 YEAR - INTERVAL 1 DAY AS DATE) AS year_end
    FROM list AS l
    JOIN generate.person AS p USING (id)
    JOIN generate.plan_measure AS m ON (m.sex IS NULL OR m.sex = p.sex)
        AND age_at(p.birth_date, CAST(date_trunc('year', l.to_date) + INTERVAL 1 YEAR - INTERVAL 1 DAY AS DATE)) BETWEEN m.from_age AND m.to_age
    ANTI JOIN (SELECT id AS other_id, illness AS other_illness FROM generate.illness_of_person) AS o ON o.other_id = l.id AND o.other_illness = m.without
    LEFT JOIN generate.illness_of_person AS i ON i.id = l.id AND i.illness = m.illness AND i.onset_date <= l.to_date - 28
    WHERE (m.illness IS NULL OR i.id IS NOT NULL) AND l.start_date <= date_trunc('year', l.to_date) - to_days(m.enrolled_days) AND (p.death_date IS NULL OR p.death_date > l.to_date)
),
known AS (
    SELECT s.measure, s.service, s.days, e.id, e.day, c.received_date
    FROM generate.event AS e JOIN generate.plan_service AS s USING (care) JOIN generate.claim AS c USING (event_key)
    LEFT JOIN generate.line AS l ON l.care = s.care AND l.hcpcs = s.service
    WHERE c.claim_status = 'paid' AND c.fate IS DISTINCT FROM 'voided' AND (s.service IS NULL OR draw(key_of(c.claim_key, l.line), 'there') < l.share)
    UNION ALL
    SELECT s.measure, s.service, s.days, r.id, r.day, r.day FROM generate.reading_of_event AS r JOIN generate.plan_service AS s USING (care, test)
    WHERE draw(r.event_key, 'plan has result') < 0.7
    UNION ALL
    SELECT s.measure, s.service, s.days, e.id, e.day, e.day FROM generate.event AS e JOIN generate.plan_service AS s USING (care)
    WHERE e.day < $window_start AND draw(e.event_key, 'plan knows') < 0.86
),
asked AS (
    SELECT measure, count(DISTINCT coalesce(service, '')) AS services FROM generate.plan_service GROUP BY measure
),
closing AS (
    SELECT c.delivery, c.id, c.plan, c.measure, max(k.day) AS service_date
    FROM counted AS c JOIN known AS k ON k.id = c.id AND k.measure = c.measure AND k.day > c.year_end - k.days AND k.received_date <= c.to_date - 28
    JOIN asked AS a ON a.measure = c.measure
    WHERE draw(key_of(c.key, c.measure), 'plan forgets') >= 0.02
    GROUP BY c.delivery, c.id, c.plan, c.measure, a.services
    HAVING count(DISTINCT coalesce(k.service, '')) = a.services
),
told AS (
    SELECT c.*, coalesce(g.service_date, CASE WHEN draw(key_of(c.key, c.measure), 'vendor') < 0.033
        THEN CAST(date_trunc('year', c.to_date) + to_days(draw_days(key_of(c.key, c.measure), 'vendor day', greatest(1, dayofyear(c.to_date) - 28))) AS DATE) END) AS service_date
    FROM counted AS c LEFT JOIN closing AS g USING (delivery, id, plan, measure)
)
SELECT c.person_id, c.member_id, c.payer, c.plan, c.product_line, c.measure, CAST(year(c.to_date) AS SMALLINT) AS measurement_year,
    CASE WHEN t.id IS NOT NULL THEN 'excluded' WHEN c.service_date IS NOT NULL THEN 'closed' ELSE 'open' END AS status,
    CASE WHEN t.id IS NULL THEN c.service_date END AS service_date, c.file_date AS gap_date, 'mso' AS data_source, c.file_date, c.delivery
FROM told AS c
LEFT JOIN (SELECT DISTINCT id FROM generate.illness_of_person WHERE illness = 'terminal illness') AS t USING (id)

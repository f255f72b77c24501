-- One page of the people on whom the selected plan's own list and we differ in a rate, and how many there are of each kind. $show: a kind, '' for all:
--   ours_closed    we count it closed, the plan open       plan_counts   the plan counts the person, we do not
--   plan_closed    the plan counts it closed, we do not    ours_counts   we count the person, the plan does not
-- $settled: 'person kind' on which somebody said a word: they are left out, and shown alone by 'settled'. Our side says by which fact of which file it is closed, and
-- of whom we do not count why: the exclusions that hold (with their newest fact), the lines of the population that do not. Sensitive services stand on no list
WITH reach AS (
    SELECT DISTINCT panel_set FROM mart.panel_set WHERE panel IN (SELECT unnest($panels))
),
wanted AS (
    SELECT rate_id FROM mart.rate_name WHERE slug = $rate AND NOT sensitive
),
plan AS (
    SELECT person, status, service_date, gap_date, met FROM mart.plan_gap JOIN reach USING (panel_set) JOIN wanted USING (rate_id)
    WHERE contract = $contract AND period = $period
),
ours AS (
    SELECT person, status, reason FROM mart.measured JOIN reach USING (panel_set) JOIN wanted USING (rate_id)
    WHERE plan_key = CAST($contract AS VARCHAR) AND period = $period AND EXISTS (
        FROM mart.plan_list JOIN wanted USING (rate_id) WHERE contract = $contract AND period = $period
    )
),
difference AS (
    SELECT person, p.status AS plan_status, p.service_date, p.gap_date, p.met, o.status, o.reason,
        CASE WHEN coalesce(p.status, 'excluded') <> 'excluded' AND coalesce(o.status, 'excluded') = 'excluded' THEN 'plan_counts'
             WHEN coalesce(o.status, 'excluded') <> 'excluded' AND coalesce(p.status, 'excluded') = 'excluded' THEN 'ours_counts'
             WHEN o.status = 'closed' AND p.status = 'open' THEN 'ours_closed'
             WHEN o.status NOT IN ('closed', 'excluded') AND p.status = 'closed' THEN 'plan_closed' END AS kind
    FROM plan AS p FULL JOIN ours AS o USING (person)
),
marked AS (
    SELECT *, concat_ws(' ', person, kind) IN (SELECT unnest(CAST($settled AS VARCHAR[]))) AS settled FROM difference
    WHERE kind IS NOT NULL AND ($people IS NULL OR person IN (SELECT unnest(CAST($people AS INTEGER[]))))
),
listed AS (
    SELECT *, count(*) FILTER (kind = 'ours_closed' AND NOT settled) OVER () AS ours_closed, count(*) FILTER (kind = 'plan_closed' AND NOT settled) OVER () AS plan_closed,
        count(*) FILTER (kind = 'plan_counts' AND NOT settled) OVER () AS plan_counts, count(*) FILTER (kind = 'ours_counts' AND NOT settled) OVER () AS ours_counts,
        count(*) FILTER (settled) OVER () AS settled_people
    FROM marked
),
page AS (
    SELECT * FROM listed WHERE CASE $show WHEN '' THEN NOT settled WHEN 'settled' THEN settled WHEN 'everybody' THEN true ELSE NOT settled AND kind = $show END
    ORDER BY list_position(['ours_closed', 'plan_closed', 'plan_counts', 'ours_counts'], kind), person
    LIMIT $page_size OFFSET $page_size * ($page - 1)
),
step AS (
    SELECT s.* FROM mart.gap_step AS s JOIN wanted USING (rate_id)
    WHERE s.person IN (SELECT person FROM page) AND s.period = $period AND s.why IS NULL
),
fact AS (
    SELECT s.person, max(s.on_date) AS on_date, max_by(s.fact, (s.on_date, s.fact)) AS fact
    FROM step AS s WHERE s.role = 'numerator' GROUP BY s.person
),
held AS (
    SELECT person, bit_or(one.met) AS met
    FROM (SELECT person, unnest(rates) AS one FROM mart.gap WHERE person IN (SELECT person FROM page) AND period = $period)
    WHERE one.rate_id IN (SELECT rate_id FROM wanted) AND one.contract = $contract GROUP BY person
),
excluding AS (
    SELECT s.person, s.clause, max(s.on_date) AS on_date, max_by(s.fact, (s.on_date, s.fact)) AS fact
    FROM step AS s WHERE s.person IN (SELECT person FROM page WHERE status = 'excluded') AND s.contract = $contract
    GROUP BY s.person, s.clause
),
uncounted AS (
    SELECT p.person, list({text: c.text, on_date: e.on_date, data_source: t.data_source, file_name: t.file_name, fact: e.fact} ORDER BY c.clause) AS why
    FROM page AS p CROSS JOIN mart.clause AS c JOIN wanted USING (rate_id) LEFT JOIN held AS h USING (person)
    LEFT JOIN excluding AS e ON e.person = p.person AND e.clause = c.clause LEFT JOIN mart.file AS t ON t.file_no = e.fact >> 36
    WHERE CASE WHEN p.status = 'excluded' THEN c.role IN ('exclusions', 'exceptions') AND (h.met >> (c.clause - 1)) & 1 = 1
               WHEN p.status IS NULL THEN c.role IN ('initial_population', 'denominator') AND (p.met >> (c.clause - 1)) & 1 = 0 ELSE false END
    GROUP BY p.person
),
name AS (
    SELECT DISTINCT ON (person) person, first_name, last_name, birth_date, age, sex, plans FROM mart.panel
    WHERE panel IN (SELECT unnest($panels)) AND person IN (SELECT person FROM page)
)
SELECT p.person, p.kind, p.plan_status, p.service_date, p.gap_date, p.status, p.reason, f.on_date, t.table_name, t.file_name, f.fact,
    n.person IS NOT NULL AS on_a_list, n.first_name, n.last_name, n.birth_date, n.age, n.sex, n.plans, coalesce(u.why, []) AS uncounted, p.ours_closed, p.plan_closed, p.plan_counts, p.ours_counts, p.settled_people
FROM page AS p LEFT JOIN fact AS f USING (person) LEFT JOIN mart.file AS t ON t.file_no = f.fact >> 36 LEFT JOIN name AS n USING (person) LEFT JOIN uncounted AS u USING (person)
ORDER BY list_position(['ours_closed', 'plan_closed', 'plan_counts', 'ours_counts'], p.kind), p.person

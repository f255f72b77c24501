-- rate_change: one row per rate, period, plan key, person and unit that counts otherwise than in the version of mart.change_since, or on other panels; and why.
-- sorted by rate_id, plan_key
-- per person
--
-- closed_then, closed_now: NULL = not counted then, or now. The cause of a unit that counts at both moments (the first that holds):
--   care    a service of the kind that the rate counts, of a day after the earlier version's, is on file
--   late    such a service of an earlier day came in after the earlier version; or what counted then was taken back: nothing of the kind is on file any more
--   rules   what the rate asks for changed (its lines, their codes)
--   care    nothing of this: days went by (covered days, a due date)
-- Of one that counts at one moment only:
--   rules   what the rate asks for changed, and the person stood on the same panels under the same contracts, and nothing about the rate came in since
--   churn   all others: enrolled or left, another clinician, older, a first diagnosis, a new stay, an exclusion
WITH rate AS (
    SELECT r.rate_id, rate_key(r.measure_id, r.variant, r.rate) AS rate_key, a.rule IS DISTINCT FROM b.rule AS changed
    FROM reference.rate AS r
    LEFT JOIN history.rule AS a ON a.rate_key = rate_key(r.measure_id, r.variant, r.rate)
    LEFT JOIN history.then_rule AS b ON b.rate_key = rate_key(r.measure_id, r.variant, r.rate)
),
now_result AS (
    FROM history.result SEMI JOIN history.then_key USING (rate_key, period, person)
),
moved AS (
    SELECT rate_id, period, plan_key, person, unit, t.panel_set AS panel_set_then, n.panel_set AS panel_set_now, t.closed AS closed_then, n.closed AS closed_now
    FROM units_counted('history.then_result', 'reference.rate', 'history.then_contract') AS t
    FULL JOIN units_counted('now_result', 'reference.rate', 'coded.contract') AS n USING (rate_id, period, plan_key, person, unit)
    WHERE t.closed IS DISTINCT FROM n.closed OR t.panel_set IS DISTINCT FROM n.panel_set
),
line AS (
    SELECT rate_id, concept, bool_or(role LIKE 'numerator%') AS counts FROM (SELECT rate_id, role, unnest(concepts) AS concept FROM reference.clause) GROUP BY ALL
),
-- What is on file about these rates of these people.
news AS (
    SELECT m.rate_id, m.person, bool_or(received_at > v.known_at) AS came,
        bool_or(counts AND stands) AS there, bool_or(counts AND stands AND e.start_date > v.as_of) AS since, bool_or(counts AND received_at > v.known_at) AS late
    FROM (SELECT DISTINCT rate_id, person FROM moved) AS m
    JOIN line AS l USING (rate_id)
    JOIN (SELECT concept, person, fact, start_date, kinds & (kind('pending') | kind('not_done') | kind('not_done_issued') | kind('not_requested')) = 0 AS stands FROM coded.event) AS e ON e.concept = l.concept AND e.person = m.person
    LEFT JOIN extract.file AS f ON f.file_no = file_of(e.fact)
    CROSS JOIN history.then_version AS v
    GROUP BY m.rate_id, m.person
)
SELECT m.rate_id, m.period, m.plan_key, m.person, m.unit, m.panel_set_then, m.panel_set_now, m.closed_then, m.closed_now,
    CASE WHEN m.closed_then IS NULL OR m.closed_now IS NULL THEN CASE WHEN r.changed AND k.settled AND NOT coalesce(w.came, false) THEN 'rules' ELSE 'churn' END
         WHEN w.since THEN 'care'
         WHEN w.late OR (m.closed_then AND NOT coalesce(w.there, false) AND NOT r.changed) THEN 'late'
         WHEN r.changed THEN 'rules'
         ELSE 'care' END AS cause
FROM moved AS m JOIN rate AS r USING (rate_id) LEFT JOIN news AS w USING (rate_id, person)
LEFT JOIN history.then_key AS k ON k.rate_key = r.rate_key AND k.period = m.period AND k.person = m.person

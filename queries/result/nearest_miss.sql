-- one row per open gap and numerator line: the latest event that comes near, and why it does not count
WITH gap AS (
    SELECT rate_id, period, person, unit, contract, met
    FROM evidence.subject JOIN reference.rate USING (rate_id)
    WHERE better = 'higher' AND denominator AND NOT exclusion AND NOT exception AND NOT numerator),
line AS (
    SELECT rate_id, clause, from_date, to_date, value_bound, unnest(concepts) AS concept
    FROM reference.clause WHERE role = 'numerator'),
latest AS (
    SELECT concept, person, max_by({'on_date': latest_date(start_date, end_date), 'value': value, 'fact': fact, 'kinds': kinds},
        latest_date(start_date, end_date)) AS found
    FROM coded.event
    WHERE concept IN (SELECT concept FROM line) AND start_date IS NOT NULL AND kinds & (kind('not_done') | kind('not_done_issued') | kind('not_requested')) = 0
    GROUP BY concept, person)
SELECT g.rate_id, g.period, g.person, g.unit, g.contract, l.clause,
    max_by(n.found.on_date, n.found.on_date) AS date,
    max_by(n.found.value, n.found.on_date) AS value,
    max_by(n.found.fact, n.found.on_date) AS fact,
    max_by(CASE
        WHEN n.found.kinds & kind('pending') <> 0 THEN 'not yet counted'
        WHEN n.found.on_date < l.from_date THEN 'too early'
        WHEN n.found.on_date > l.to_date THEN 'too late'
        WHEN l.value_bound = '"present"' THEN 'no value'
        WHEN l.value_bound IS NOT NULL AND n.found.value IS NULL THEN 'no value'
        WHEN l.value_bound IS NOT NULL THEN 'value out of range'
        ELSE 'does not count alone' END, n.found.on_date) AS why
FROM gap AS g
JOIN line AS l ON l.rate_id = g.rate_id AND (g.met >> (l.clause - 1)) & 1 = 0
JOIN latest AS n ON n.concept = l.concept AND n.person = g.person
GROUP BY g.rate_id, g.period, g.person, g.unit, g.contract, l.clause

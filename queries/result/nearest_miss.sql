-- one row per open gap, numerator line and event that comes near: the latest, and why it does not count. Where the line asks for values (a blood
-- pressure), each value of that day that is not within its bounds
-- long
WITH gap AS (
    SELECT rate_id, period, person, unit, unit_date, contract, met
    FROM evidence.subject JOIN reference.rate USING (rate_id)
    WHERE better = 'higher' AND denominator AND NOT exclusion AND NOT exception AND NOT numerator),
line AS (
    SELECT rate_id, clause, from_date, to_date, concept,
        CASE WHEN json_exists(value_bound, '$.of') THEN value_bound ->> concat('$.of."', concept, '"') ELSE value_bound END AS value_bound
    FROM (SELECT rate_id, clause, from_date, to_date, value_bound, unnest(concepts) AS concept FROM reference.clause WHERE role = 'numerator')),
asked AS (
    SELECT g.*, l.clause, l.from_date, l.to_date, l.concept, l.value_bound
    FROM gap AS g JOIN line AS l ON l.rate_id = g.rate_id AND (g.met >> (l.clause - 1)) & 1 = 0),
-- Only what somebody's gap asks for: of most concepts most people lack nothing.
latest AS (
    -- Of a day the one with a result: the claim for a test tells of the same test without it.
    SELECT concept, person, max_by({'on_date': on_date, 'start_date': start_date, 'value': value, 'fact': fact, 'kinds': kinds}, (on_date, value IS NOT NULL, fact, kinds, value)) AS found
    -- A supply that lasts on was handed out on its first day.
    FROM (SELECT *, CASE WHEN latest_date(start_date, end_date) <= CAST($as_of AS DATE) THEN latest_date(start_date, end_date) ELSE start_date END AS on_date
        FROM coded.event)
    SEMI JOIN asked USING (concept, person)
    WHERE start_date IS NOT NULL AND kinds & (kind('not_done') | kind('not_done_issued') | kind('not_requested') | kind('quantity')) = 0
    GROUP BY concept, person),
near AS (
    SELECT g.rate_id, g.period, g.person, g.unit, g.contract, g.clause,
        -- A supply is told of by the day on which it was handed out.
        CASE WHEN n.found.kinds & kind('medication') <> 0 THEN n.found.start_date ELSE n.found.on_date END AS date, n.found.value AS value, n.found.fact AS fact,
        g.value_bound LIKE '{%' AS asks_number,
        CASE
            WHEN n.found.on_date < g.from_date THEN 'too early'
            WHEN n.found.on_date > g.to_date THEN 'too late'
            -- A window that hangs on the unit (30 days from a discharge) has no first day here: what came before the unit will not close it.
            WHEN g.from_date IS NULL AND n.found.on_date < g.unit_date
                AND n.found.kinds & (kind('pending') | kind('ordered') | kind('observation_preliminary')) <> 0
                THEN 'does not count alone'
            WHEN n.found.kinds & kind('pending') <> 0 THEN 'not yet counted'
            -- An order that was carried out, a sample whose result is not final: do not repeat it.
            WHEN n.found.kinds & (kind('ordered') | kind('status_completed')) = kind('ordered') | kind('status_completed')
                AND n.found.kinds & kind('medication') = 0 THEN 'under way'
            WHEN n.found.kinds & kind('observation_preliminary') <> 0 AND n.found.kinds & kind('done') = 0 THEN 'under way'
            WHEN g.value_bound = '"present"' THEN 'no value'
            WHEN g.value_bound IS NOT NULL AND n.found.value IS NULL THEN 'no value'
            WHEN out_of_bounds(n.found.value, g.value_bound) THEN 'value out of range'
            ELSE 'does not count alone' END AS why
    FROM asked AS g JOIN latest AS n USING (concept, person))
SELECT rate_id, period, person, unit, contract, clause, max(date) AS date, max_by(value, (date, fact, why)) AS value, max_by(fact, (date, fact, why)) AS fact,
    max_by(why, (date, fact, why)) AS why
FROM near WHERE asks_number IS DISTINCT FROM true
GROUP BY rate_id, period, person, unit, contract, clause
UNION ALL
SELECT DISTINCT rate_id, period, person, unit, contract, clause, date, value, fact, why
FROM (
    FROM near WHERE asks_number
    WINDOW line_of_gap AS (PARTITION BY rate_id, period, person, unit, contract, clause),
        line_of_day AS (PARTITION BY rate_id, period, person, unit, contract, clause, date)
    QUALIFY date = max(date) OVER line_of_gap AND (why <> 'does not count alone' OR bool_and(why = 'does not count alone') OVER line_of_day))

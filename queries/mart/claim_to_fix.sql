-- claim_to_fix: one row per claim line that does not count (rejected or pending) and rate and unit whose open gap it would close
-- sorted by panel_set, person
-- per person
WITH people AS (
    FROM panels_of('coded.person', 'coded.attribution', $as_of)
),
miss AS (
    SELECT n.rate_id, n.period, n.person, n.unit, n.contract, n.fact, u.claim_id, u.status AS claim_status, u.start_date, u.received_date,
        reason_of(n.why, u.status, c.value_bound) AS reason, c.concepts
    FROM result.nearest_miss AS n
    JOIN coded.uncounted_claim AS u ON u.person = n.person AND u.fact = n.fact
    JOIN reference.clause AS c ON c.rate_id = n.rate_id AND c.clause = n.clause
),
open_unit AS (
    SELECT rate_id, period, person, unit, measure_id, rate_title
    FROM (
        SELECT r.rate_id, r.period, r.person, r.unit, t.measure_id, t.title AS rate_title,
            gap_status(t.better, r.denominator, r.exclusion, r.exception, counted_numerator(r.numerator, r.numerator_exclusion), r.unit_date,
                day_to_close(r.last_day, r.unit_date, t.basis), $as_of) AS status
        FROM result.measure_result AS r JOIN reference.rate AS t USING (rate_id)
        -- Sensitive services stand on no list.
        WHERE NOT coalesce(t.chart_only, false) AND t.measure_id NOT IN (SELECT name FROM reference.sensitive WHERE kind = 'measure')
    )
    WHERE is_open(status)
    GROUP BY ALL
),
-- What was billed: of the concepts that the clause asks for, the one of the line with the shortest title.
service AS (
    SELECT person, fact, rate_id, arg_min(thing_done(n.title), (length(n.title), n.title)) AS service
    FROM (SELECT DISTINCT person, fact, rate_id, unnest(concepts) AS concept FROM miss)
    JOIN coded.event USING (person, fact, concept) JOIN reference.concept AS n USING (concept)
    GROUP BY person, fact, rate_id
)
SELECT p.panel_set, m.person, m.fact, file_of(m.fact) AS file_no, row_of(m.fact) AS row_number, m.claim_id, m.reason, m.start_date, m.received_date,
    coalesce(s.service, 'Service') AS service, m.rate_id, m.period, m.unit, m.contracts, o.measure_id, o.rate_title
FROM (
    SELECT * EXCLUDE (contract, concepts), list_sort(list(DISTINCT contract)) AS contracts FROM miss WHERE reason IN ('rejected', 'pending') GROUP BY ALL
) AS m
JOIN open_unit AS o USING (rate_id, period, person, unit)
JOIN people AS p ON p.person = m.person AND p.listed
LEFT JOIN service AS s ON s.person = m.person AND s.fact = m.fact AND s.rate_id = m.rate_id

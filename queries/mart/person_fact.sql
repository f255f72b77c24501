-- person_fact: one row per person and fact that a cohort may ask for: diagnoses and drugs told of, last readings, thresholds crossed, use of care. Who lacks a fact
-- has no row
-- sorted by person, fact
-- in pieces
-- per person
-- beside the cards
WITH wanted AS (
    SELECT f.fact, f.kind, f.comorbid, f.low, f.high, c.concept, CAST(CAST($as_of AS DATE) - to_months(CAST(f.months AS INTEGER)) AS DATE) AS since
    FROM reference.cohort_fact AS f JOIN reference.concept AS c ON c.name = f.concept
),
event AS (
    SELECT e.person, e.fact AS source_row, e.kinds, e.start_date, e.end_date, e.value, e.value_high, w.*
    FROM coded.event AS e JOIN wanted AS w USING (concept)
    WHERE (e.kinds & (kind('pending') | kind('ordered') | kind('laboratory_claim'))) = 0 AND e.start_date <= $as_of
),
told AS (
    -- A condition on the problem list holds as long as nobody ended it.
    SELECT person, fact, any_value(comorbid) AS comorbid, max(start_date) AS on_date
    FROM event
    WHERE kind IN ('diagnosis', 'drug') AND (start_date >= since OR ((kinds & kind('condition')) <> 0 AND end_date >= $as_of))
    GROUP BY person, fact
),
reading AS (
    SELECT person, fact, kind, low, high, start_date, arg_max(value, (source_row, value)) AS value
    FROM event
    WHERE kind IN ('reading', 'crossing') AND start_date >= since AND isfinite(value) AND coalesce(value_high = value, TRUE)
    GROUP BY ALL
),
last AS (
    SELECT person, fact, kind, low, high, arg_max(value, start_date, 2) AS newest, max(start_date) AS on_date FROM reading GROUP BY ALL
),
used AS (
    SELECT person, fact, count(DISTINCT start_date) AS times, max(start_date) AS on_date FROM event WHERE kind = 'use' AND start_date > since GROUP BY ALL
),
stay AS (
    SELECT person, count(*) AS times, max(admit_date) AS on_date FROM coded.stay
    WHERE acute AND admit_date > CAST($as_of AS DATE) - INTERVAL 12 MONTH AND admit_date <= $as_of
    GROUP BY person
),
social AS (
    SELECT d.person, max(d.last_date) AS on_date
    FROM coded.diagnosis_year AS d JOIN reference.comorbidity_code AS c ON c.of_index = 'social' AND starts_with(d.code, c.code)
    WHERE d.stands AND d.last_date > CAST($as_of AS DATE) - INTERVAL 12 MONTH
    GROUP BY d.person
),
found AS (
    SELECT person, fact, CAST(NULL AS DOUBLE) AS value, on_date FROM told
    UNION ALL SELECT person, 'conditions', count(*), max(on_date) FROM told WHERE comorbid GROUP BY person
    UNION ALL SELECT person, fact, newest[1], on_date FROM last WHERE kind = 'reading'
    UNION ALL SELECT person, fact, newest[1], on_date FROM last
        WHERE kind = 'crossing' AND (newest[1] >= low AND newest[2] < low OR newest[1] <= high AND newest[2] > high)
    UNION ALL SELECT person, fact, times, on_date FROM used
    UNION ALL SELECT person, 'stays', times, on_date FROM stay
    UNION ALL SELECT person, 'social_need', NULL, on_date FROM social
)
SELECT f.person, f.fact, f.value, f.on_date
FROM found AS f JOIN coded.person AS p USING (person)
WHERE NOT coalesce(p.held, FALSE) AND coalesce(p.death_date > $as_of, TRUE)

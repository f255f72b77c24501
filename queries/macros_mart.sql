-- Macros of the mart layer.

-- The key of a panel: a clinician in a practice of a group. People of nobody are the panel of three NULLs.
CREATE OR REPLACE MACRO panel_of(clinician_npi, practice_id, group_id) AS
    CAST(hash(coalesce(clinician_npi, '') || '|' || coalesce(practice_id, '') || '|' || coalesce(group_id, '')) >> 1 AS BIGINT);

-- The file that a fact came from (row_of gives the row of it).
CREATE OR REPLACE MACRO file_of(fact) AS fact >> 36;

-- A claim line bears every kind that a service can have; what sort of service it was, the name of its concept tells.
CREATE OR REPLACE MACRO names_a_visit(concept) AS regexp_matches(concept, '(^|_)(visits?|outpatient|well_care|consultation|telehealth)(_|$)');
CREATE OR REPLACE MACRO names_a_vaccine(concept) AS regexp_matches(concept, '^vax_|(^|_)(vaccine|vaccination|immunization)(_|$)');

-- A concept's title as a thing that was done: value sets say for whom and how they are used, a history does not.
CREATE OR REPLACE MACRO thing_done(title) AS
    CASE WHEN title LIKE 'Encounter class: %' THEN 'Visit, ' || substr(title, 18)
         ELSE regexp_replace(regexp_replace(title, '( Administered$| of (children|adults)$|^Child )', '', 'g'), ' [Vv]accine', ' vaccine') END;

CREATE OR REPLACE MACRO counted_numerator(numerator, numerator_exclusion) AS numerator AND NOT coalesce(numerator_exclusion, false);

CREATE OR REPLACE MACRO last_day_of_month(day) AS CAST(date_trunc('month', day) + INTERVAL 1 MONTH - INTERVAL 1 DAY AS DATE);

-- What was not done at a visit cannot be done after it.
CREATE OR REPLACE MACRO day_to_close(last_day, unit_date, basis) AS CASE WHEN basis = 'encounter' THEN least(last_day, unit_date) ELSE last_day END;

-- The standing of one result row on a day. NULL: not counted at all.
CREATE OR REPLACE MACRO gap_status(better, denominator, exclusion, exception, numerator, unit_date, last_day, as_of) AS
    CASE WHEN exclusion OR exception THEN 'excluded'
         WHEN denominator IS NOT TRUE THEN NULL
         WHEN numerator = (better = 'higher') THEN 'closed'
         WHEN unit_date > as_of THEN 'prospective'
         WHEN last_day < as_of THEN 'missed'
         WHEN last_day <= last_day_of_month(as_of) THEN 'open_due_soon'
         ELSE 'open' END;

-- Several rows about one gap (contracts, rates of a measure): the one that still asks for something speaks. A rate that only the chart
-- can close is open for want of data, not of care: it says nothing ('unseen').
CREATE OR REPLACE MACRO gap_rank(status) AS list_position(['open_due_soon', 'open', 'prospective', 'missed', 'closed', 'excluded', 'unseen'], status);
CREATE OR REPLACE MACRO seen_status(status, chart_only) AS CASE WHEN chart_only AND gap_rank(status) < 5 THEN 'unseen' ELSE status END;

CREATE OR REPLACE MACRO is_open(status) AS status IN ('open', 'open_due_soon');

-- Gaps: one row per measure, period, person and unit, whatever the contracts and rates that count it. `harm` is the card's: 1 = first.
-- Given by name (query_table), since a macro is made before the tables are.
CREATE OR REPLACE MACRO gap_of(results, rates, as_of) AS TABLE
WITH standing AS (
    SELECT r.* EXCLUDE (last_day), t.measure_id, t.variant, t.rate, t.title, t.harm, day_to_close(r.last_day, r.unit_date, t.basis) AS last_day,
           seen_status(gap_status(t.better, r.denominator, r.exclusion, r.exception, counted_numerator(r.numerator, r.numerator_exclusion),
                                  r.unit_date, day_to_close(r.last_day, r.unit_date, t.basis), as_of), t.chart_only) AS status
    FROM query_table(results) AS r JOIN query_table(rates) AS t USING (rate_id)
)
SELECT measure_id, period, person, unit,
       arg_min(status, gap_rank(status)) AS status,
       CAST(min(gap_rank(status)) AS TINYINT) AS standing,
       -- The first rate that speaks lends the gap its title and its action.
       arg_min(rate_id, gap_rank(status) * 32768 + rate_id) AS rate_id,
       arg_min(title, gap_rank(status) * 32768 + rate_id) AS title,
       min(unit_date) AS unit_date,
       min(last_day) FILTER (is_open(status)) AS last_day,
       min(harm) AS harm,
       bool_or(contract <> 0) AS by_enrolment,
       list({rate_id: rate_id, contract: contract, status: status, standing: gap_rank(status), met: met} ORDER BY rate_id, contract) AS rates
FROM standing
WHERE status IS NOT NULL
GROUP BY measure_id, period, person, unit
HAVING min(gap_rank(status)) < gap_rank('unseen');

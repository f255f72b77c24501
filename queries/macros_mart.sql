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

-- An appointment that somebody is expected for.
CREATE OR REPLACE MACRO stays_booked(status) AS
    coalesce(status, 'booked') NOT IN ('cancelled', 'canceled', 'noshow', 'no-show', 'entered-in-error', 'waitlist');

CREATE OR REPLACE MACRO counted_numerator(numerator, numerator_exclusion) AS numerator AND NOT coalesce(numerator_exclusion, false);

-- deliveries_of: one row per delivery and kind of file: when it came, its rows, and days since the one before it in its feed. What a full delivery
-- replaced counts no more, but it came when it came.
CREATE OR REPLACE MACRO deliveries_of(files, replaced) AS TABLE
SELECT *, date_diff('day', lag(received_at) OVER (PARTITION BY data_source, feed, table_name ORDER BY received_at), received_at) AS days_between
FROM (
    SELECT data_source, feed, table_name, delivery_no, min(received_at) AS received_at, sum(row_count) AS row_count
    FROM (
        SELECT data_source, feed, table_name, delivery_no, received_at, row_count FROM query_table(files)
        UNION ALL SELECT data_source, feed, table_name, delivery_no, received_at, 0 FROM query_table(replaced)
    ) GROUP BY ALL
);

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
CREATE OR REPLACE MACRO gap_rank(status) AS list_position(['open_due_soon', 'open', 'likely_done', 'prospective', 'missed', 'closed', 'excluded', 'unseen', 'answered'], status);
CREATE OR REPLACE MACRO seen_status(status, chart_only) AS CASE WHEN chart_only AND gap_rank(status) < gap_rank('closed') THEN 'unseen' ELSE status END;

CREATE OR REPLACE MACRO is_open(status) AS status IN ('open', 'open_due_soon');

---- answers: what people said of gaps ----

-- A fact as an answer remembers it. Of evidence only the day and the value tell: facts that are delivered anew get other numbers.
CREATE OR REPLACE MACRO fact_word(on_date, value) AS concat_ws(' ', on_date, value);

-- Facts that may close a gap or do away with it, and near misses: what whoever answers a gap sees, and what is news afterwards.
CREATE OR REPLACE MACRO tells_of_gap(role) AS coalesce(role NOT IN ('initial_population', 'denominator'), true);

-- plan_gaps_of: where plans say that people stand, by our rates. A plan names a measure as HEDIS does, with or without -E, and a rate where the
-- measure has several.
CREATE OR REPLACE MACRO plan_gaps_of(gaps, rates, contracts) AS TABLE
SELECT r.rate_id, g.period, c.contract, g.person, g.status, g.service_date, g.gap_date, g.source_row
FROM query_table(gaps) AS g
JOIN (SELECT *, count(*) OVER (PARTITION BY measure_id) AS rates_of_measure FROM query_table(rates) WHERE variant = 'HEDIS') AS r
    ON g.measure IN (r.measure_id, regexp_replace(r.measure_id, '-E$', '')) AND (r.rates_of_measure = 1 OR lower(g.rate) = lower(r.rate))
JOIN query_table(contracts) AS c ON c.payer = g.payer AND c.plan = g.plan AND (g.product_line IS NULL OR g.product_line = c.product_line);

---- roll-ups: who counts where, once at every level ----

-- The panels that a person is on today, as one key: people with the same panels are counted together, so that the people of any union of
-- panels are a sum over keys, each person once. People of nobody have the panel of three NULLs.
CREATE OR REPLACE MACRO panels_of(people, attributions, as_of) AS TABLE
WITH standing AS (
    SELECT person, list_sort(list(DISTINCT panel_of(clinician_npi, practice_id, group_id))) AS panels
    FROM query_table(attributions) WHERE as_of BETWEEN start_date AND coalesce(end_date, DATE 'infinity') GROUP BY person
)
SELECT person, coalesce(panels, [panel_of(NULL, NULL, NULL)]) AS panels, CAST(hash(coalesce(panels, [panel_of(NULL, NULL, NULL)])) >> 1 AS BIGINT) AS panel_set,
    NOT coalesce(p.held, false) AND coalesce(p.death_date > as_of, true) AS listed
FROM query_table(people) AS p LEFT JOIN standing USING (person);

-- Why an open gap is open, the most telling first. A claim that does not count explains a gap only when the clause asks for no value.
CREATE OR REPLACE MACRO reason_rank(reason) AS
    list_position(['rejected', 'pending', 'under way', 'value out of range', 'no value', 'too few days', 'does not count alone', 'too late', 'too early', 'nothing found'], reason);
CREATE OR REPLACE MACRO reason_of(why, claim_status, value_bound) AS
    CASE WHEN why <> 'not yet counted' THEN why
         WHEN value_bound IS NOT NULL OR claim_status = 'reversed' THEN 'does not count alone'
         WHEN claim_status = 'denied' THEN 'rejected' ELSE 'pending' END;

-- The reason of each open gap, by rate, person, unit and contract, with the day and the fact of what came nearest.
CREATE OR REPLACE MACRO reasons_of(misses, clauses, claims) AS TABLE
WITH told AS (
    -- Of a drug to be taken on a share of days, a supply that does not close the gap alone is days covered, and too few.
    SELECT n.*, CASE WHEN c.days_share IS NOT NULL AND reason_of(n.why, u.status, c.value_bound) = 'does not count alone' THEN 'too few days'
        ELSE reason_of(n.why, u.status, c.value_bound) END AS reason
    FROM query_table(misses) AS n JOIN query_table(clauses) AS c USING (rate_id, clause)
    LEFT JOIN query_table(claims) AS u ON u.person = n.person AND u.fact = n.fact
)
SELECT rate_id, period, person, unit, contract, arg_min(reason, reason_rank(reason)) AS reason, arg_min(date, (reason_rank(reason), date)) AS reason_date
FROM told WHERE reason IS NOT NULL GROUP BY ALL;

-- What a rate counts a unit as. The order is that of gap_rank, with what is likely done behind what is open.
CREATE OR REPLACE MACRO count_rank(status) AS
    list_position(['open_due_soon', 'open', 'likely_done', 'answered', 'prospective', 'missed', 'closed', 'excluded'], status);

-- measured_of: one row per rate, period, plan key, person and unit: several contracts are one row, the one that asks for most speaks. The plan key is
-- 'all', a product line, or a contract. Nobody can still do anything for those who died: what was open is missed. Rates that only the
-- chart can close are left out: what nobody has looked up is not 0. What is open and was answered is answered, for the reason given.
CREATE OR REPLACE MACRO measured_of(results, rates, contracts, misses, clauses, claims, answers, panels, as_of) AS TABLE
WITH standing AS (
    SELECT r.rate_id, r.period, r.person, r.unit, r.contract, t.measure_id, day_to_close(r.last_day, r.unit_date, t.basis) AS last_day,
        gap_status(t.better, r.denominator, r.exclusion, r.exception, counted_numerator(r.numerator, r.numerator_exclusion), r.unit_date,
            day_to_close(r.last_day, r.unit_date, t.basis), as_of) AS status
    FROM query_table(results) AS r JOIN query_table(rates) AS t USING (rate_id)
    WHERE NOT coalesce(t.chart_only, false)
),
told AS (
    SELECT s.* EXCLUDE (status, measure_id), p.panel_set, coalesce(CASE WHEN is_open(s.status) AND p.listed THEN a.kind END, w.reason, 'nothing found') AS reason,
        w.reason_date,
        CASE WHEN is_open(s.status) AND NOT p.listed THEN 'missed' WHEN is_open(s.status) AND a.holds THEN 'answered'
            WHEN is_open(s.status) AND w.reason IN ('pending', 'under way') THEN 'likely_done' ELSE s.status END AS status
    FROM standing AS s JOIN query_table(panels) AS p USING (person)
    LEFT JOIN reasons_of(misses, clauses, claims) AS w USING (rate_id, period, person, unit, contract)
    LEFT JOIN (FROM query_table(answers) WHERE holds) AS a USING (measure_id, person, period, unit)
    WHERE s.status IS NOT NULL
),
several AS (SELECT person FROM query_table(results) GROUP BY person HAVING min(contract) <> max(contract)),
plan AS (
    -- Two plans may share the number of a contract, which is a hash.
    SELECT DISTINCT contract, unnest(list_distinct(list_filter(['all', c.product_line, CAST(contract AS VARCHAR)], lambda k: k IS NOT NULL))) AS plan_key
    FROM (SELECT DISTINCT contract FROM query_table(results)) LEFT JOIN query_table(contracts) AS c USING (contract)
),
keyed AS (
    SELECT t.* EXCLUDE (contract), p.plan_key, CASE WHEN is_open(status) THEN last_day END AS open_day,
        is_open(status) OR status IN ('likely_done', 'answered', 'missed') AS wants_reason, s.person IS NOT NULL AS chooses
    FROM told AS t JOIN plan AS p USING (contract) LEFT JOIN several AS s USING (person)
)
SELECT rate_id, period, plan_key, person, unit, any_value(panel_set) AS panel_set, arg_min(status, count_rank(status)) AS status, min(open_day) AS last_day,
    arg_min(reason, count_rank(status) * 16 + coalesce(reason_rank(reason), 15)) FILTER (wants_reason) AS reason,
    arg_min(reason_date, (count_rank(status) * 16 + coalesce(reason_rank(reason), 15), reason_date)) FILTER (wants_reason) AS reason_date
FROM keyed WHERE chooses
GROUP BY rate_id, period, plan_key, person, unit
UNION ALL BY NAME
-- Most people have one contract: nothing to choose from.
SELECT rate_id, period, plan_key, person, unit, panel_set, status, open_day AS last_day, CASE WHEN wants_reason THEN reason END AS reason,
    CASE WHEN wants_reason THEN reason_date END AS reason_date
FROM keyed WHERE NOT chooses;

-- Gaps: one row per measure, period, person and unit, whatever the contracts and rates that count it. `harm` is the card's: 1 = first. What a
-- pending claim will close, or what is under way (order carried out, sample taken), is likely done; what was answered says so until there is new evidence, and keeps what it would be otherwise
-- (counted_status, counted_standing). Given by name (query_table), since a macro is made before the tables are.
CREATE OR REPLACE MACRO gap_of(results, rates, misses, clauses, claims, answers, as_of) AS TABLE
WITH pending AS (
    SELECT DISTINCT rate_id, period, person, unit, contract FROM reasons_of(misses, clauses, claims) WHERE reason IN ('pending', 'under way')
),
counted AS (
    SELECT r.* EXCLUDE (last_day), t.measure_id, t.variant, t.rate, t.title, t.harm, t.chart_only, day_to_close(r.last_day, r.unit_date, t.basis) AS last_day,
           gap_status(t.better, r.denominator, r.exclusion, r.exception, counted_numerator(r.numerator, r.numerator_exclusion), r.unit_date,
                      day_to_close(r.last_day, r.unit_date, t.basis), as_of) AS counted_status
    FROM query_table(results) AS r JOIN query_table(rates) AS t USING (rate_id)
),
standing AS (
    SELECT c.*, seen_status(CASE WHEN is_open(counted_status) AND p.person IS NOT NULL THEN 'likely_done' ELSE counted_status END, chart_only) AS status
    FROM counted AS c LEFT JOIN pending AS p USING (rate_id, period, person, unit, contract)
),
gap AS (
    SELECT measure_id, period, person, unit,
           arg_min(status, gap_rank(status)) AS counted_status,
           CAST(min(gap_rank(status)) AS TINYINT) AS counted_standing,
           -- The first rate that speaks lends the gap its title and its action.
           arg_min(rate_id, gap_rank(status) * 32768 + rate_id) AS rate_id,
           arg_min(title, gap_rank(status) * 32768 + rate_id) AS title,
           min(unit_date) AS unit_date,
           min(last_day) FILTER (is_open(status) OR status = 'likely_done') AS last_day,
           min(harm) AS harm,
           bool_or(contract <> 0) AS by_enrolment,
           list_sort(list({rate_id: rate_id, contract: contract, status: status, standing: gap_rank(status), met: met, share: share})) AS rates
    FROM standing
    WHERE status IS NOT NULL
    GROUP BY measure_id, period, person, unit
    HAVING min(gap_rank(status)) < gap_rank('unseen')
)
SELECT g.*, a.answer_id, a.fresh, CASE WHEN a.holds AND counted_standing <= gap_rank('likely_done') THEN 'answered' ELSE counted_status END AS status,
       CASE WHEN a.holds AND counted_standing <= gap_rank('likely_done') THEN CAST(gap_rank('answered') AS TINYINT) ELSE counted_standing END AS standing
FROM gap AS g LEFT JOIN query_table(answers) AS a USING (measure_id, person, period, unit);

---- history: what outlives a build ----

-- rate_key: a rate by its names, since ids are given anew by each build.
CREATE OR REPLACE MACRO rate_key(measure_id, variant, rate) AS CAST(hash(coalesce(measure_id, '') || '|' || coalesce(variant, '') || '|' || coalesce(rate, '')) >> 1 AS BIGINT);

-- main_panel_of: the one panel that a person counts on where panels are summed up: that of the attribution which began last.
CREATE OR REPLACE MACRO main_panel_of(people, attributions, as_of) AS TABLE
WITH standing AS (
    SELECT person, arg_max(panel_of(clinician_npi, practice_id, group_id), (start_date, panel_of(clinician_npi, practice_id, group_id))) AS panel
    FROM query_table(attributions) WHERE as_of BETWEEN start_date AND coalesce(end_date, DATE 'infinity') GROUP BY person
)
SELECT person, coalesce(panel, panel_of(NULL, NULL, NULL)) AS panel FROM query_table(people) LEFT JOIN standing USING (person);

-- Charlson index in words, as its authors grouped it: 0, 1 to 2, 3 to 4, 5 or more (Charlson 1987).
CREATE OR REPLACE MACRO risk_tier(charlson) AS CASE WHEN charlson >= 5 THEN 'very high' WHEN charlson >= 3 THEN 'high' WHEN charlson >= 1 THEN 'medium' WHEN charlson >= 0 THEN 'low' END;
CREATE OR REPLACE MACRO risk_moved(now, before) AS CASE WHEN now > before THEN 'up' WHEN now < before THEN 'down' WHEN now = before THEN 'same' END;

-- The tier that screens show: the predicted chance of an admission where a valid model scored the person, else the illnesses on claims.
CREATE OR REPLACE MACRO risk_shown(predicted_tier, charlson) AS coalesce(predicted_tier, risk_tier(charlson));
CREATE OR REPLACE MACRO risk_rank(tier) AS CASE tier WHEN 'very high' THEN 4 WHEN 'high' THEN 3 WHEN 'medium' THEN 2 WHEN 'low' THEN 1 ELSE 0 END;

-- predictions_of: the scores of models in use that were made by as_of; rising: our choice of a rise that is worth a call: half as likely again, and two of a hundred more.
CREATE OR REPLACE MACRO predictions_of(predictions, models, as_of) AS TABLE
SELECT s.person, s.outcome, m.title, m.model, m.as_of, s.probability, s.earlier_probability, s.tier, s.drivers,
    coalesce(s.probability >= 1.5 * s.earlier_probability AND s.probability >= s.earlier_probability + 0.02, FALSE) AS rising,
    coalesce(s.earlier_probability >= 1.5 * s.probability AND s.earlier_probability >= s.probability + 0.02, FALSE) AS falling
FROM query_table(predictions) AS s JOIN query_table(models) AS m USING (outcome)
WHERE m.reason IS NULL AND m.as_of <= CAST(as_of AS DATE);
-- predicted_risk: of each person the predicted tier of an admission, and how it moved in half a year.
CREATE OR REPLACE MACRO predicted_risk(predictions, models, as_of) AS TABLE
SELECT person, tier, probability, earlier_probability,
    CASE WHEN earlier_probability IS NULL THEN NULL WHEN rising THEN 'up' WHEN falling THEN 'down' ELSE 'same' END AS moved
FROM predictions_of(predictions, models, as_of) WHERE outcome = 'admission';

-- units_counted: one row per rate, period, plan key, person and unit of rows of results under their lasting names: whether it is closed. Several contracts
-- are one row, open while one of them is, as in measured_of; what is excluded is not counted.
CREATE OR REPLACE MACRO units_counted(results, rates, contracts) AS TABLE
WITH keyed AS (
    SELECT t.rate_id, r.period, r.person, r.unit, r.panel_set, r.numerator = (t.better = 'higher') AS closed,
        unnest(list_distinct(list_filter(['all', c.product_line, CAST(r.contract AS VARCHAR)], lambda k: k IS NOT NULL))) AS plan_key
    FROM query_table(results) AS r JOIN query_table(rates) AS t ON rate_key(t.measure_id, t.variant, t.rate) = r.rate_key
    LEFT JOIN query_table(contracts) AS c ON c.contract = r.contract
    WHERE r.denominator AND NOT r.exclusion AND NOT r.exception AND NOT coalesce(t.chart_only, false)
)
SELECT rate_id, period, plan_key, person, unit, any_value(panel_set) AS panel_set, bool_and(closed) AS closed
FROM keyed GROUP BY rate_id, period, plan_key, person, unit;

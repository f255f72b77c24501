-- The words that cards are made of. Each is a table macro over event sets given by name, and gives event sets again:
--   set, person, unit (NULL = of the person), anchor (fact of the event it was found from), fact, kinds, start_date, end_date, start_at,
--   end_at, value, value_high, encounter, panel; a windowed set has low and high (dates) and low_at and high_at (instants) too.
-- A relation holds many sets side by side, each under its number; an argument may be the name of a column, so that one call asks something
-- else of every set. Where a word takes two relations, sets of one number belong together.
-- Unknown times are NULL: every comparison with them is unknown, and an unknown criterion is not met.

-- has_one: all bits of one of the masks are set.
CREATE OR REPLACE MACRO has_one(kinds, masks) AS len(list_filter(masks, lambda m: kinds & m = m)) > 0;

-- latest_at: the instant of latest_date (queries/macros.sql): of the end of an event if it has one, else of its start.
CREATE OR REPLACE MACRO latest_at(end_date, start_at, end_at) AS CASE WHEN isfinite(end_date) THEN end_at ELSE start_at END;

-- not_after: a moment lies before or at another; on one and the same day only instants can tell.
CREATE OR REPLACE MACRO not_after(a_date, a_at, b_date, b_at) AS (a_date < b_date OR (a_date = b_date AND a_at <= b_at));

-- point_of_life: a day counted from birth; a side without months is open.
CREATE OR REPLACE MACRO point_of_life(birth_date, months, days, open_day) AS CASE WHEN months IS NULL THEN open_day ELSE point(birth_date, months, days) END;

-- holds: whether an event passes a test of time within a window; `exactly_...` compare instants, the others days.
CREATE OR REPLACE MACRO holds(test, start_date, start_at, end_date, end_at, low, low_at, high, high_at) AS CASE test
    WHEN 'starts' THEN start_date BETWEEN low AND high
    WHEN 'ends' THEN end_date BETWEEN low AND high
    WHEN 'latest' THEN latest_date(start_date, end_date) BETWEEN low AND high
    WHEN 'during' THEN start_date >= low AND end_date <= high
    WHEN 'overlaps' THEN start_date <= high AND end_date >= low
    WHEN 'overlaps_after' THEN start_date <= high AND end_date > high
    WHEN 'overlaps_before' THEN start_date < low AND end_date >= low
    WHEN 'exactly_starts' THEN not_after(low, low_at, start_date, start_at) AND not_after(start_date, start_at, high, high_at)
    WHEN 'exactly_ends' THEN not_after(low, low_at, end_date, end_at) AND not_after(end_date, end_at, high, high_at)
    WHEN 'exactly_during' THEN not_after(low, low_at, start_date, start_at) AND not_after(end_date, end_at, high, high_at)
    WHEN 'exactly_overlaps' THEN not_after(start_date, start_at, high, high_at) AND not_after(low, low_at, end_date, end_at) END;

-- base_events: the events that each row of `wanted` asks for: of its concept, with all bits of one of the masks and of none of the forbidden
-- ones, days and value within its bounds (NULL is no bound), `of_life` naming a test within two days counted from birth. `people` says whose
-- events: a row wants some classes of people, and of these who have one of the bits of `near` (NULL: all).
CREATE OR REPLACE MACRO base_events(wanted, people) AS TABLE
WITH asked AS MATERIALIZED (
    SELECT * FROM (SELECT *, unnest(classes) AS class FROM query_table(wanted)) JOIN (SELECT DISTINCT concept, kinds FROM coded.event) USING (concept)
    WHERE has_one(kinds, masks) AND NOT has_one(kinds, forbidden))
SELECT a.set, e.person, CAST(NULL AS BIGINT) AS unit, CAST(NULL AS BIGINT) AS anchor, e.fact, e.kinds, e.start_date, e.end_date, e.start_at, e.end_at,
    e.value, e.value_high, e.encounter, e.panel
FROM coded.event AS e
JOIN query_table(people) AS p ON p.person = e.person
JOIN asked AS a ON a.concept = e.concept AND a.kinds = e.kinds AND a.class = p.class
WHERE (a.start_low IS NULL OR e.start_date >= a.start_low) AND (a.start_high IS NULL OR e.start_date <= a.start_high)
    AND (a.end_low IS NULL OR e.end_date >= a.end_low) AND (a.end_high IS NULL OR e.end_date <= a.end_high)
    AND (a.latest_low IS NULL OR latest_date(e.start_date, e.end_date) >= a.latest_low)
    AND (a.latest_high IS NULL OR latest_date(e.start_date, e.end_date) <= a.latest_high)
    AND (a.at_least IS NULL OR e.value >= a.at_least) AND (a.above IS NULL OR e.value > a.above)
    AND (a.below IS NULL OR e.value_high < a.below) AND (a.at_most IS NULL OR e.value_high <= a.at_most)
    AND (NOT a.with_number OR e.value IS NOT NULL)
    AND (a.near IS NULL OR p.has & a.near <> 0)
    AND (a.of_life IS NULL OR holds(a.of_life, e.start_date, e.start_at, e.end_date, e.end_at,
        point_of_life(p.birth_date, a.low_months, a.low_days, DATE '-infinity'), NULL,
        point_of_life(p.birth_date, a.high_months, a.high_days, DATE 'infinity'), NULL));

-- deaths: the death of each person who died, as an event. covered: each person with coverage, as an event without a day.
CREATE OR REPLACE MACRO deaths(number) AS TABLE
SELECT number AS set, person, CAST(NULL AS BIGINT) AS unit, CAST(NULL AS BIGINT) AS anchor, CAST(NULL AS BIGINT) AS fact, CAST(0 AS BIGINT) AS kinds,
    death_date AS start_date, death_date AS end_date, death_at AS start_at, death_at AS end_at, CAST(NULL AS DOUBLE) AS value,
    CAST(NULL AS DOUBLE) AS value_high, CAST(NULL AS BIGINT) AS encounter, CAST(NULL AS BIGINT) AS panel
FROM coded.person WHERE death_date IS NOT NULL;

CREATE OR REPLACE MACRO covered(number) AS TABLE
SELECT number AS set, person, CAST(NULL AS BIGINT) AS unit, CAST(NULL AS BIGINT) AS anchor, CAST(NULL AS BIGINT) AS fact, CAST(0 AS BIGINT) AS kinds,
    CAST(NULL AS DATE) AS start_date, CAST(NULL AS DATE) AS end_date, CAST(NULL AS TIMESTAMP) AS start_at, CAST(NULL AS TIMESTAMP) AS end_at,
    CAST(NULL AS DOUBLE) AS value, CAST(NULL AS DOUBLE) AS value_high, CAST(NULL AS BIGINT) AS encounter, CAST(NULL AS BIGINT) AS panel
FROM coded.person WHERE has_coverage;

---- windows: where an event may lie ----

-- window_fixed: the same two days for everybody.
CREATE OR REPLACE MACRO window_fixed(events, low_date, high_date) AS TABLE
SELECT *, CAST(low_date AS DATE) AS low, CAST(high_date AS DATE) AS high,
    CAST(NULL AS TIMESTAMP) AS low_at, CAST(NULL AS TIMESTAMP) AS high_at
FROM query_table(events);

-- window_of_life: two days counted from birth, a side without months and days is open.
CREATE OR REPLACE MACRO window_of_life(events, low_months, low_days, high_months, high_days) AS TABLE
SELECT e.*,
    point_of_life(p.birth_date, low_months, low_days, DATE '-infinity') AS low,
    point_of_life(p.birth_date, high_months, high_days, DATE 'infinity') AS high,
    CAST(NULL AS TIMESTAMP) AS low_at, CAST(NULL AS TIMESTAMP) AS high_at
FROM query_table(events) AS e JOIN coded.person AS p USING (person);

-- window_of_events: two days counted from each event of another set (its start or end), or a fixed day. Rows keep the unit of the
-- anchor; where both are of a unit, it must be the same one.
CREATE OR REPLACE MACRO window_of_events(events, anchors, low_base, low_day, low_months, low_days, high_base, high_day, high_months, high_days) AS TABLE
SELECT e.* EXCLUDE (unit, anchor), coalesce(e.unit, a.unit) AS unit, a.fact AS anchor,
    point(CASE low_base WHEN 'start' THEN a.start_date WHEN 'end' THEN a.end_date WHEN 'latest' THEN latest_date(a.start_date, a.end_date)
        ELSE CAST(low_day AS DATE) END, low_months, low_days) AS low,
    point(CASE high_base WHEN 'start' THEN a.start_date WHEN 'end' THEN a.end_date WHEN 'latest' THEN latest_date(a.start_date, a.end_date)
        ELSE CAST(high_day AS DATE) END, high_months, high_days) AS high,
    CASE low_base WHEN 'start' THEN a.start_at WHEN 'end' THEN a.end_at WHEN 'latest' THEN latest_at(a.end_date, a.start_at, a.end_at) END
        + to_months(CAST(low_months AS INT)) + to_days(CAST(low_days AS INT)) AS low_at,
    CASE high_base WHEN 'start' THEN a.start_at WHEN 'end' THEN a.end_at WHEN 'latest' THEN latest_at(a.end_date, a.start_at, a.end_at) END
        + to_months(CAST(high_months AS INT)) + to_days(CAST(high_days AS INT)) AS high_at
FROM query_table(events) AS e
JOIN query_table(anchors) AS a ON e.set = a.set AND e.person = a.person AND (e.unit IS NULL OR a.unit IS NULL OR e.unit = a.unit);

---- tests of a windowed set ----

CREATE OR REPLACE MACRO tested(windowed, test) AS TABLE
SELECT * EXCLUDE (low, high, low_at, high_at) FROM query_table(windowed)
WHERE holds(test, start_date, start_at, end_date, end_at, low, low_at, high, high_at);

---- links ----

-- linked: events of the same encounter (or claim) as an event of the other set.
CREATE OR REPLACE MACRO linked(events, anchors) AS TABLE
SELECT e.* EXCLUDE (unit, anchor), coalesce(e.unit, a.unit) AS unit, a.fact AS anchor
FROM query_table(events) AS e
JOIN query_table(anchors) AS a ON e.set = a.set AND e.person = a.person AND e.encounter = a.encounter AND (e.unit IS NULL OR a.unit IS NULL OR e.unit = a.unit);

-- same_panel: components of an event of the other set.
CREATE OR REPLACE MACRO same_panel(events, anchors) AS TABLE
SELECT e.* EXCLUDE (unit, anchor), coalesce(e.unit, a.unit) AS unit, a.fact AS anchor
FROM query_table(events) AS e
JOIN query_table(anchors) AS a ON e.set = a.set AND e.person = a.person AND e.panel = a.panel AND (e.unit IS NULL OR a.unit IS NULL OR e.unit = a.unit);

-- same_fact: another date of the very fact (an order and the days that it covers).
CREATE OR REPLACE MACRO same_fact(events, anchors) AS TABLE
SELECT e.* EXCLUDE (unit, anchor), coalesce(e.unit, a.unit) AS unit, a.fact AS anchor
FROM query_table(events) AS e
JOIN query_table(anchors) AS a ON e.set = a.set AND e.person = a.person AND e.fact = a.fact AND (e.unit IS NULL OR a.unit IS NULL OR e.unit = a.unit);

-- exactly_before: events that start before an event of the other set; on one and the same day only instants can tell.
CREATE OR REPLACE MACRO exactly_before(events, anchors) AS TABLE
SELECT e.* EXCLUDE (unit, anchor), coalesce(e.unit, a.unit) AS unit, a.fact AS anchor
FROM query_table(events) AS e
JOIN query_table(anchors) AS a ON e.set = a.set AND e.person = a.person AND (e.start_date < a.start_date OR (e.start_date = a.start_date AND e.start_at < a.start_at))
    AND (e.unit IS NULL OR a.unit IS NULL OR e.unit = a.unit);

-- other_than: events that are not the same fact as the other set's one.
CREATE OR REPLACE MACRO other_than(events, anchors) AS TABLE
SELECT e.* EXCLUDE (unit, anchor), coalesce(e.unit, a.unit) AS unit, a.fact AS anchor
FROM query_table(events) AS e
JOIN query_table(anchors) AS a ON e.set = a.set AND e.person = a.person AND e.fact <> a.fact AND (e.unit IS NULL OR a.unit IS NULL OR e.unit = a.unit);

-- kept: events from which at least one event of `found` was found. dropped: from which none was. Of an event that belongs to several units,
-- each counts for itself. (-1 is no unit: units are never negative.)
CREATE OR REPLACE MACRO kept(events, found) AS TABLE
SELECT * FROM query_table(events) WHERE (set, person, fact, coalesce(unit, -1)) IN (
    SELECT (set, person, anchor, coalesce(unit, -1)) FROM query_table(found)
    UNION ALL SELECT (set, person, anchor, -1) FROM query_table(found));

CREATE OR REPLACE MACRO dropped(events, found) AS TABLE
SELECT * FROM query_table(events) WHERE (set, person, fact, coalesce(unit, -1)) NOT IN (
    SELECT (set, person, anchor, coalesce(unit, -1)) FROM query_table(found) WHERE anchor IS NOT NULL
    UNION ALL SELECT (set, person, anchor, -1) FROM query_table(found) WHERE anchor IS NOT NULL);

---- what an event says ----

-- attributed: a coded fact about the event (its value, reason, body site, class ...) is one of the concepts.
CREATE OR REPLACE MACRO attributes_of(events, which, concepts) AS TABLE
SELECT (e.set, e.fact) AS said FROM query_table(events) AS e
JOIN coded.attribute AS t ON t.fact = e.fact AND t.aspect = which AND list_contains(concepts, t.concept);

CREATE OR REPLACE MACRO attributed(events, which, concepts) AS TABLE
SELECT * FROM query_table(events) WHERE (set, fact) IN (FROM attributes_of(events, which, concepts));

CREATE OR REPLACE MACRO unattributed(events, which, concepts) AS TABLE
SELECT * FROM query_table(events) WHERE (set, fact) NOT IN (FROM attributes_of(events, which, concepts));

CREATE OR REPLACE MACRO with_bits(events, masks) AS TABLE SELECT * FROM query_table(events) WHERE has_one(kinds, masks);

CREATE OR REPLACE MACRO without_bits(events, masks) AS TABLE SELECT * FROM query_table(events) WHERE NOT has_one(kinds, masks);

-- valued: the number is surely within the bounds; a result such as '<5.7' is a range.
CREATE OR REPLACE MACRO valued(events, at_least, above, below, at_most) AS TABLE
SELECT * FROM query_table(events)
WHERE (at_least IS NULL OR value >= at_least) AND (above IS NULL OR value > above)
    AND (below IS NULL OR value_high < below) AND (at_most IS NULL OR value_high <= at_most)
    AND value IS NOT NULL;

-- again_below: readings below a limit whose reading just before, found from the same event, was below it too. A reading that came twice is one.
CREATE OR REPLACE MACRO again_below(events, limit_value) AS TABLE
SELECT * FROM (SELECT DISTINCT ON (set, person, unit, anchor, fact, start_date, start_at) * FROM query_table(events))
QUALIFY value_high < limit_value AND lag(value_high) OVER (PARTITION BY set, person, unit, anchor ORDER BY start_date, start_at, fact) < limit_value;

-- aged_then: the age on the day of the event.
CREATE OR REPLACE MACRO aged_then(events, from_age, to_age) AS TABLE
SELECT e.* FROM query_table(events) AS e JOIN coded.person AS p USING (person)
WHERE (from_age IS NULL OR age_on(p.birth_date, e.start_date) >= from_age) AND (to_age IS NULL OR age_on(p.birth_date, e.start_date) <= to_age);

-- of_any_unit: found for one unit, it counts for all units of the person.
CREATE OR REPLACE MACRO of_any_unit(events) AS TABLE
SELECT * REPLACE (CAST(NULL AS BIGINT) AS unit) FROM query_table(events);

---- picking, per person and unit ----

CREATE OR REPLACE MACRO first_of(events) AS TABLE
SELECT * FROM query_table(events) WHERE start_date IS NOT NULL
QUALIFY row_number() OVER (PARTITION BY set, person, unit ORDER BY start_date, start_at, fact) = 1;

CREATE OR REPLACE MACRO last_of(events) AS TABLE
SELECT * FROM query_table(events) WHERE start_date IS NOT NULL
QUALIFY row_number() OVER (PARTITION BY set, person, unit ORDER BY start_date DESC, start_at DESC NULLS LAST, fact DESC) = 1;

-- last_day_of: all events of the last day that has one.
CREATE OR REPLACE MACRO last_day_of(events) AS TABLE
SELECT * FROM query_table(events) WHERE start_date IS NOT NULL
QUALIFY latest_date(start_date, end_date) = max(latest_date(start_date, end_date)) OVER (PARTITION BY set, person, unit);

-- lowest_of: the lowest value; a missing one sorts first, so that it hides the others.
CREATE OR REPLACE MACRO lowest_of(events) AS TABLE
SELECT * FROM query_table(events)
QUALIFY row_number() OVER (PARTITION BY set, person, unit ORDER BY value NULLS FIRST, fact) = 1;

-- as_units: every event of the set is a unit of its own, named by person, set and moment: not by a claim id, so that it survives new claims.
CREATE OR REPLACE MACRO as_units(events, set_name) AS TABLE
SELECT * EXCLUDE (unit),
    CAST(hash(person, set_name, start_date, start_at, row_number() OVER (PARTITION BY set, person, start_date, start_at ORDER BY fact)) >> 1 AS BIGINT) AS unit
FROM (SELECT DISTINCT ON (set, person, fact, start_date, start_at) * FROM query_table(events) WHERE start_date IS NOT NULL);

---- days covered ----

-- merged_days: days within the window that at least one event covers (overlaps count once). Rows: set, person, unit, days, window_days, on_date, fact of the last event.
CREATE OR REPLACE MACRO merged_days(windowed) AS TABLE
SELECT set, person, unit, CAST(sum(greatest(0, high_day - greatest(low_day, coalesce(covered_to + 1, low_day)) + 1)) AS BIGINT) AS days,
    max(window_length) AS window_days, max(high_day) AS on_date, arg_max(fact, (high_day, fact)) AS fact
FROM (
    SELECT set, person, unit, fact, high - low + 1 AS window_length, greatest(start_date, low) AS low_day, least(end_date, high) AS high_day,
        max(least(end_date, high)) OVER (PARTITION BY set, person, unit ORDER BY greatest(start_date, low), fact
            ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS covered_to
    FROM query_table(windowed) WHERE start_date <= high AND end_date >= low)
GROUP BY set, person, unit;

-- spaced_days: the days that count when two that count must lie at least so many days apart, the earliest first. spaced_count: how many.
CREATE OR REPLACE MACRO spaced_days(days, apart) AS list_reduce(list_transform(list_sort(list_distinct(days)), lambda d: [d]),
    lambda kept, next: CASE WHEN len(kept) = 0 OR next[1] - kept[-1] >= apart THEN list_concat(kept, next) ELSE kept END, CAST([] AS DATE[]));
CREATE OR REPLACE MACRO spaced_count(days, apart) AS len(spaced_days(days, apart));

-- spaced: of each person (and unit) the first event, and then each first one that lies at least so many days after the one before it that counts.
CREATE OR REPLACE MACRO spaced(events, apart) AS TABLE
SELECT e.* FROM query_table(events) AS e
JOIN (SELECT set, person, unit, unnest(spaced_days(days, least_days)) AS day
    FROM (SELECT set, person, unit, list(start_date) AS days, any_value(apart) AS least_days
        FROM query_table(events) WHERE start_date IS NOT NULL GROUP BY set, person, unit)) AS d
    ON d.set = e.set AND d.person = e.person AND d.unit IS NOT DISTINCT FROM e.unit AND d.day = e.start_date
QUALIFY row_number() OVER (PARTITION BY e.set, e.person, e.unit, e.start_date ORDER BY e.start_at, e.fact) = 1;

-- daily_amount: drug orders with the amount a day as their value: the quantity of a fill through the days of supply.
CREATE OR REPLACE MACRO daily_amount(events) AS TABLE
SELECT o.* REPLACE (q.value / o.value AS value, q.value / o.value AS value_high)
FROM query_table(events) AS o
JOIN query_table(events) AS q ON q.set = o.set AND q.person = o.person AND q.fact = o.fact AND q.kinds & kind('quantity') <> 0
WHERE o.kinds & kind('ordered') <> 0 AND o.value > 0;

-- rolled_out: each event of a person begins no earlier than the day after the previous one ended, and keeps its length. An event that
-- came twice (of two concepts) is used once.
CREATE OR REPLACE MACRO rolled_out(events) AS TABLE
SELECT * EXCLUDE (first_day, length_days, before, last_day)
    REPLACE (CAST(last_day - CAST(length_days AS INT) + 1 AS DATE) AS start_date, CAST(last_day AS DATE) AS end_date)
FROM (
    SELECT *, DATE '1970-01-01' + CAST(before + length_days - 1
        + max(first_day - before) OVER (PARTITION BY set, person, unit ORDER BY first_day, fact) AS INT) AS last_day
    FROM (
        SELECT *, coalesce(sum(length_days) OVER (PARTITION BY set, person, unit ORDER BY first_day, fact
            ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0) AS before
        FROM (
            SELECT *, start_date - DATE '1970-01-01' AS first_day, end_date - start_date + 1 AS length_days
            FROM (SELECT DISTINCT ON (set, person, unit, fact, start_date, end_date) * FROM query_table(events))
            WHERE isfinite(start_date) AND isfinite(end_date))));

---- enrolment ----

-- enrolled: in one contract over the window, in each year of it (counted back from its last day) at most `gaps` gaps of together at most
-- max_gap_days days, and on the anchor day ('low', 'high' or 'none'), with all the benefits. Coverage that runs on the last day known
-- ($as_of) is taken to continue: coded.coverage holds it open. Rows: set, person, unit, contract.
CREATE OR REPLACE MACRO enrolled(windowed, max_gap_days, gaps, anchor_day, benefits) AS TABLE
WITH year_of AS (
    SELECT set, person, unit, low, high, anchored_on, most_days, most_gaps, needed, CAST(k AS INT) AS k,
        greatest(low, CAST(high - to_years(CAST(k + 1 AS INT)) + to_days(1) AS DATE)) AS year_low,
        CAST(high - to_years(CAST(k AS INT)) AS DATE) AS year_high
    FROM (SELECT set, person, unit, low, high, anchor_day AS anchored_on, max_gap_days AS most_days, gaps AS most_gaps, benefits AS needed,
            unnest(range(greatest(1, year(high) - year(low) + 1))) AS k
        FROM query_table(windowed) WHERE low <= high)
    WHERE high - to_years(CAST(k AS INT)) >= low),
span AS (
    SELECT y.* EXCLUDE (needed), c.contract, greatest(c.start_date, y.year_low) AS from_date, least(c.end_date, y.year_high) AS to_date
    FROM year_of AS y JOIN coded.coverage AS c ON c.person = y.person AND c.start_date <= y.year_high AND c.end_date >= y.year_low
    WHERE (NOT list_contains(y.needed, 'medical') OR c.benefit_medical)
        AND (NOT list_contains(y.needed, 'pharmacy') OR c.benefit_pharmacy)
        AND (NOT list_contains(y.needed, 'mental_health') OR c.benefit_mental_health)
        AND (NOT list_contains(y.needed, 'chemical_dependency') OR c.benefit_chemical_dependency)),
piece AS (
    SELECT *, from_date - 1 - greatest(year_low - 1, coalesce(max(to_date) OVER (PARTITION BY set, person, unit, contract, k ORDER BY from_date, to_date
        ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), year_low - 1)) AS gap_before
    FROM span),
year_kept AS (
    SELECT set, person, unit, contract, k, low, high,
        coalesce(sum(gap_before) FILTER (gap_before > 0), 0) + (year_high - max(to_date)) AS gap_days,
        count(*) FILTER (gap_before > 0) + CAST(max(to_date) < year_high AS INT) AS gap_count,
        any_value(most_days) AS most_days, any_value(most_gaps) AS most_gaps,
        bool_or(CASE anchored_on WHEN 'high' THEN high BETWEEN from_date AND to_date WHEN 'low' THEN low BETWEEN from_date AND to_date ELSE true END) AS anchored
    FROM piece
    GROUP BY set, person, unit, contract, k, low, high, year_low, year_high)
SELECT kept.set, kept.person, kept.unit, kept.contract
FROM (
    SELECT set, person, unit, contract, count(*) AS years, bool_or(anchored) AS anchored
    FROM year_kept WHERE gap_count <= most_gaps AND gap_days <= most_days
    GROUP BY ALL) AS kept
JOIN (SELECT set, person, unit, count(*) AS years FROM year_of GROUP BY ALL) AS asked
    ON kept.set = asked.set AND kept.person = asked.person AND kept.unit IS NOT DISTINCT FROM asked.unit AND kept.years = asked.years
WHERE kept.anchored;

---- leaves: of each set one row a person (and unit) with its latest event, and the amount that is asked about ----

-- latest_of: of two events of one day the one that came last: what is said must not change from one build to the next.
CREATE OR REPLACE MACRO latest_of(events, what) AS TABLE
SELECT set, person, unit, max(latest_date(start_date, end_date)) AS on_date,
    arg_max(value, (latest_date(start_date, end_date), fact, value)) AS value,
    arg_max(fact, (latest_date(start_date, end_date), fact)) AS fact, what AS amount
FROM query_table(events) GROUP BY set, person, unit;

-- counted_days, counted_facts: on how many days there is such an event, how many there are. all_days: the days themselves.
-- total: the sum of the values, each fact's once.
CREATE OR REPLACE MACRO latest(events) AS TABLE FROM latest_of(events, 1);
CREATE OR REPLACE MACRO counted_days(events) AS TABLE FROM latest_of(events, count(DISTINCT start_date));
CREATE OR REPLACE MACRO counted_facts(events) AS TABLE FROM latest_of(events, count(DISTINCT fact));
CREATE OR REPLACE MACRO all_days(events) AS TABLE FROM latest_of(events, list(start_date));
CREATE OR REPLACE MACRO total(events) AS TABLE
FROM latest_of(events, list_sum(map_values(map_from_entries(list(DISTINCT ((fact, value), value))))));

-- flagged: the contracts whose coverage is marked so on a day from low_day to high_day. Rows: leaf, person, contract.
CREATE OR REPLACE MACRO flagged(flags) AS TABLE
SELECT DISTINCT f.leaf, c.person, c.contract
FROM coded.coverage AS c JOIN query_table(flags) AS f ON c.start_date <= f.high_day AND c.end_date >= f.low_day
WHERE CASE f.flag WHEN 'hospice' THEN c.hospice WHEN 'institutional_snp' THEN c.institutional_snp
    WHEN 'long_term_institutional' THEN c.long_term_institutional END;

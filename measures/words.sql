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

-- bounded: a comparison holds, or there is no bound to compare with. So said it costs a third of `bound IS NULL OR ...`.
CREATE OR REPLACE MACRO bounded(compared, bound) AS coalesce(compared, bound IS NULL);

-- base_events: the events that each row of `wanted` asks for: of its concept, with all bits of one of the masks and of none of the forbidden
-- ones, days and value within its bounds (NULL is no bound), `of_life` naming a test within two days counted from birth. `people` says whose
-- events: a row wants those of whom one of its `askers` (bits of variants) asks, and of these who have one of the bits of `near` (NULL: all). `events`: where the events of these people are.
CREATE OR REPLACE MACRO base_events(wanted, people, events := 'coded.event') AS TABLE
WITH asked AS MATERIALIZED (
    SELECT * FROM query_table(wanted) JOIN (SELECT DISTINCT concept, kinds FROM query_table(events)) USING (concept)
    WHERE has_one(kinds, masks) AND NOT has_one(kinds, forbidden))
SELECT a.set, e.person, CAST(NULL AS BIGINT) AS unit, CAST(NULL AS BIGINT) AS anchor, e.fact, e.kinds, e.start_date, e.end_date, e.start_at, e.end_at,
    e.value, e.value_high, e.encounter, e.panel
FROM query_table(events) AS e
JOIN asked AS a ON a.concept = e.concept AND a.kinds = e.kinds
JOIN query_table(people) AS p ON p.person = e.person
-- Not as an equality: of few people everybody would be joined with all that is asked first.
WHERE a.askers & p.askers <> 0 AND bounded(e.start_date >= a.start_low, a.start_low) AND bounded(e.start_date <= a.start_high, a.start_high)
    AND bounded(e.end_date >= a.end_low, a.end_low) AND bounded(e.end_date <= a.end_high, a.end_high)
    AND bounded(latest_date(e.start_date, e.end_date) >= a.latest_low, a.latest_low)
    AND bounded(latest_date(e.start_date, e.end_date) <= a.latest_high, a.latest_high)
    AND bounded(e.value >= a.at_least, a.at_least) AND bounded(e.value > a.above, a.above)
    AND bounded(e.value_high < a.below, a.below) AND bounded(e.value_high <= a.at_most, a.at_most)
    AND (e.value IS NOT NULL) >= a.with_number
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

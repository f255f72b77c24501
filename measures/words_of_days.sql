-- The words that count days: those covered, those enrolled, and the latest of each set with the amount that is asked about. Read after words.sql.

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
-- ($as_of) is taken to continue: coded.coverage holds it open. Who has several windows must be enrolled in each. Rows: set, person, unit, contract.
CREATE OR REPLACE MACRO enrolled(windowed, max_gap_days, gaps, anchor_day, benefits) AS TABLE
WITH asked AS (
    SELECT set, person, unit, low, high, anchor_day AS anchored_on, max_gap_days AS most_days, gaps AS most_gaps, benefits AS needed
    FROM query_table(windowed) WHERE low <= high),
stretch AS (
    SELECT a.* EXCLUDE (needed), c.contract, c.start_date, c.end_date, c.start_date <= a.low AND c.end_date >= a.high AND a.most_days >= 0 AS covers
    FROM asked AS a JOIN coded.coverage AS c ON c.person = a.person AND c.start_date <= a.high AND c.end_date >= a.low
    WHERE (NOT list_contains(a.needed, 'medical') OR c.benefit_medical)
        AND (NOT list_contains(a.needed, 'pharmacy') OR c.benefit_pharmacy)
        AND (NOT list_contains(a.needed, 'mental_health') OR c.benefit_mental_health)
        AND (NOT list_contains(a.needed, 'chemical_dependency') OR c.benefit_chemical_dependency)),
-- Nearly everybody is covered by one stretch over the whole window; only of the others years are looked at.
year_of AS (
    SELECT *, unnest(range(greatest(1, year(high) - year(low) + 1))) AS k FROM stretch WHERE NOT covers),
span AS (
    SELECT *, greatest(start_date, year_low) AS from_date, least(end_date, year_high) AS to_date
    FROM (SELECT * REPLACE (CAST(k AS INT) AS k), greatest(low, CAST(high - to_years(CAST(k + 1 AS INT)) + to_days(1) AS DATE)) AS year_low,
            CAST(high - to_years(CAST(k AS INT)) AS DATE) AS year_high FROM year_of)
    WHERE year_high >= low AND start_date <= year_high AND end_date >= year_low),
piece AS (
    SELECT *, from_date - 1 - greatest(year_low - 1, coalesce(max(to_date) OVER (PARTITION BY set, person, unit, contract, low, high, k
        ORDER BY from_date, to_date ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), year_low - 1)) AS gap_before
    FROM span),
year_kept AS (
    SELECT set, person, unit, contract, low, high, k, any_value(year_low) AS year_low,
        bool_or(CASE anchored_on WHEN 'high' THEN high BETWEEN from_date AND to_date WHEN 'low' THEN low BETWEEN from_date AND to_date ELSE true END) AS anchored
    FROM piece
    GROUP BY set, person, unit, contract, low, high, k, year_high
    HAVING coalesce(sum(gap_before) FILTER (gap_before > 0), 0) + (year_high - max(to_date)) <= any_value(most_days)
        AND count(*) FILTER (gap_before > 0) + CAST(max(to_date) < year_high AS INT) <= any_value(most_gaps)),
-- The years follow each other: all are there when the first is, and as many as lie behind the last.
kept AS (
    SELECT set, person, unit, contract, low, high, true AS anchored FROM stretch WHERE covers
    UNION ALL
    SELECT set, person, unit, contract, low, high, bool_or(anchored) FROM year_kept
    GROUP BY set, person, unit, contract, low, high HAVING count(*) = max(k) + 1 AND bool_or(year_low = low)),
several AS (
    SELECT set, person, unit, count(DISTINCT hash(low, high)) AS windows FROM asked
    GROUP BY set, person, unit HAVING min(low) < max(low) OR min(high) < max(high)),
in_each AS (
    SELECT k.set, k.person, k.unit, k.contract FROM kept AS k JOIN several AS s ON s.set = k.set AND s.person = k.person AND s.unit IS NOT DISTINCT FROM k.unit
    GROUP BY k.set, k.person, k.unit, k.contract HAVING bool_or(k.anchored) AND count(DISTINCT hash(k.low, k.high)) = any_value(s.windows))
SELECT DISTINCT set, person, unit, contract FROM kept AS k
ANTI JOIN several AS s ON s.set = k.set AND s.person = k.person AND s.unit IS NOT DISTINCT FROM k.unit
WHERE anchored
UNION ALL FROM in_each;

---- leaves: of each set one row a person (and unit) with its latest event, and the amount that is asked about ----

-- latest_of: of two events of one day the one that came last: what is said must not change from one build to the next.
CREATE OR REPLACE MACRO latest_of(events, what) AS TABLE
SELECT set, person, unit, max(latest_date(start_date, end_date)) AS on_date,
    arg_max(value, (latest_date(start_date, end_date), fact, value)) FILTER (value IS NOT NULL) AS value,
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

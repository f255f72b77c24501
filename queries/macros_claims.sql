-- Which claim lines another row replaces, takes back or repeats. Used by queries/extract/set_aside for medical and pharmacy claims.

-- adjustment_of: original, replacement or void; a bill type says it with its last digit (7 replaces, 8 voids).
CREATE OR REPLACE MACRO adjustment_of(adjustment_type, bill_type_code) AS CASE
    WHEN lower(adjustment_type) IN ('replacement', '7', 'adjustment') THEN 'replacement'
    WHEN lower(adjustment_type) IN ('void', '8', 'reversal') THEN 'void'
    WHEN adjustment_type IS NULL AND length(trim(bill_type_code)) IN (3, 4) THEN
        CASE right(trim(bill_type_code), 1) WHEN '7' THEN 'replacement' WHEN '8' THEN 'void' ELSE 'original' END
    ELSE 'original' END;

-- takes_back: every amount is zero or less and one is less: a reversal, whatever the row calls itself. A payment below zero on a claim
-- with a charge above zero is none.
CREATE OR REPLACE MACRO takes_back(paid, allowed, charge) AS
    least(paid, allowed, charge) < 0 AND greatest(paid, allowed, charge) <= 0;

-- claim_hash: one claim of one person at one source, as a number: equal keys may rarely be different claims, never the other way round.
CREATE OR REPLACE MACRO claim_hash(person, data_source, claim_id) AS hash(person, data_source, claim_id);

-- touched_lines: the lines that need a closer look: of claims with a line number twice, with an adjustment, deletion or reversal, named by
-- one, or equal to a reversal in all but the sign. All others stand as they are: that spares sorting every claim. Every scan reads few
-- columns and judges nothing that the next step judges again.
CREATE OR REPLACE MACRO touched_lines(lines) AS TABLE
WITH adjusting AS MATERIALIZED (
    SELECT person, data_source, claim_id, original_claim_id, service, negative FROM query_table(lines)
    WHERE adjustment_type <> 'original' OR (adjustment_type IS NULL AND bill_type_code IS NOT NULL AND right(trim(bill_type_code), 1) IN ('7', '8'))
        OR negative OR record_action = 'D' OR lower(claim_status) = 'reversed'
),
touched AS (
    SELECT claim_hash(person, data_source, claim_id) AS key FROM query_table(lines)
    GROUP BY ALL HAVING count(*) <> bit_count(bit_or(1::UBIGINT << (claim_line_number % 64)::UBIGINT))
    UNION SELECT claim_hash(person, data_source, claim_id) FROM adjusting
    UNION SELECT claim_hash(person, data_source, original_claim_id) FROM adjusting WHERE original_claim_id IS NOT NULL
    UNION SELECT claim_hash(person, data_source, claim_id) FROM query_table(lines)
    WHERE service IN (SELECT service FROM adjusting WHERE negative)
)
FROM query_table(lines) SEMI JOIN touched ON claim_hash(person, data_source, claim_id) = touched.key;

-- row_text: 'row 12' of a source_row.
CREATE OR REPLACE MACRO row_text(source_row) AS 'row ' || row_of(source_row);

-- netted_lines: touched lines that break no rule, each content once, with what they are: `copy` > 1 repeats another line; `netted` says
-- that a line and one of opposite amount take each other back, pair by pair.
CREATE OR REPLACE MACRO netted_lines(touched) AS TABLE
WITH sound AS (
    SELECT * REPLACE (lower(claim_status) AS claim_status, coalesce(negative, FALSE) AS negative),
        adjustment_of(adjustment_type, bill_type_code) AS adjustment, coalesce(record_action = 'D', FALSE) AS deleted
    FROM query_table(touched) ANTI JOIN extract.broken_row USING (source_row)
),
counted AS (
    SELECT *, {'received': coalesce(received_date, DATE '-infinity'), 'updated': coalesce(source_updated_at, TIMESTAMP '-infinity')} AS version,
        row_number() OVER same AS copy, first_value(source_row) OVER same AS kept_row
    FROM sound
    WINDOW same AS (PARTITION BY person, data_source, claim_id, claim_line_number, content
                    ORDER BY received_date DESC NULLS LAST, source_updated_at DESC NULLS LAST, file_date DESC NULLS LAST, source_row DESC)
),
numbered AS (
    SELECT *, row_number() OVER (PARTITION BY service, abs(amount), negative, copy ORDER BY version, file_date NULLS FIRST, source_row) AS nth FROM counted
)
SELECT l.*, o.source_row IS NOT NULL AS netted, o.claim_id IS NOT DISTINCT FROM l.claim_id AS netted_in_claim, o.source_row AS netted_row
FROM numbered AS l
LEFT JOIN numbered AS o
    ON o.service = l.service AND o.amount IS NOT DISTINCT FROM -l.amount AND o.negative <> l.negative AND o.nth = l.nth AND o.copy = 1 AND l.copy = 1 AND NOT o.deleted AND NOT l.deleted;

-- judged_lines: (source_row, data_source, file_name, rule, found) of the lines that do not stand. Nothing depends on the order in which rows
-- arrive, but for two rows of one line that carry no date at all: the later row then counts as the newer one.
CREATE OR REPLACE MACRO judged_lines(lines) AS TABLE
WITH touched AS MATERIALIZED (FROM touched_lines(lines)),
line AS MATERIALIZED (
    SELECT *, NOT netted AND claim_status IS DISTINCT FROM 'pending'
            AND (adjustment = 'void' OR negative AND (claim_status = 'reversed' OR original_claim_id IS NOT NULL)) AS voids,
        CASE WHEN claim_status = 'pending' THEN 0 WHEN adjustment = 'replacement' THEN 2 ELSE 1 END AS weight,
        nullif(original_claim_id, claim_id) AS names
    FROM netted_lines('touched')
),
naming AS (
    SELECT person, data_source, names AS claim_id, claim_id AS by_claim, bool_or(adjustment = 'void' OR voids) AS voids,
        bool_or(adjustment = 'replacement') AS replaces, max(version) AS version, max(file_date) AS file_date, max(source_row) AS source_row
    FROM line WHERE copy = 1 AND names IS NOT NULL AND claim_status IS DISTINCT FROM 'pending' AND (adjustment <> 'original' OR voids)
    GROUP BY ALL
),
named AS (
    SELECT person, data_source, claim_id, bool_or(voids) AS voided, bool_or(replaces) AS replaced, any_value(by_claim ORDER BY by_claim) AS by_claim
    FROM naming GROUP BY ALL
),
sibling AS (
    SELECT person, data_source, by_claim AS claim_id FROM naming WHERE replaces
    QUALIFY row_number() OVER (PARTITION BY person, data_source, claim_id ORDER BY version DESC, file_date DESC NULLS LAST, source_row DESC) > 1
),
claim AS (
    SELECT person, data_source, claim_id, max(version) FILTER (voids AND names IS NULL) AS void_version,
        max(version) FILTER (weight = 2 AND NOT voids) AS replacement_version, bool_or(NOT voids AND NOT netted) AS has_service
    FROM line WHERE copy = 1 GROUP BY ALL
),
placed AS (
    SELECT l.*, row_number() OVER newest AS place, first_value(source_row) OVER newest AS newest_row
    FROM line AS l WHERE copy = 1 AND NOT voids AND NOT netted
    WINDOW newest AS (PARTITION BY person, data_source, claim_id, claim_line_number
                      ORDER BY version DESC, weight DESC, file_date DESC NULLS LAST, source_row DESC)
),
verdict AS (
    SELECT l.source_row, l.data_source, l.file_name, CASE
            WHEN l.copy > 1 THEN 'claim_25_repeated'
            WHEN l.netted THEN CASE WHEN l.netted_in_claim THEN CASE WHEN l.negative THEN 'claim_27_void' ELSE 'claim_27_reversed' END ELSE 'claim_30_reversed_by_amount' END
            WHEN l.voids AND NOT coalesce(CASE WHEN l.names IS NULL THEN c.has_service ELSE target.claim_id IS NOT NULL END, FALSE)
            THEN CASE WHEN l.adjustment = 'void' OR l.claim_status = 'reversed' THEN 'claim_29_orphan_void' ELSE 'claim_30_unmatched_reversal' END
            WHEN l.voids THEN 'claim_27_void'
            WHEN n.voided THEN 'claim_27_reversed'
            WHEN n.replaced OR s.claim_id IS NOT NULL THEN 'claim_28_replaced'
            WHEN l.version <= c.void_version THEN 'claim_27_reversed'
            WHEN l.weight = 1 AND c.replacement_version IS NOT NULL THEN 'claim_28_replaced'
            WHEN l.weight = 2 AND l.version < c.replacement_version THEN 'claim_26_older_version'
            WHEN p.place > 1 THEN 'claim_26_older_version'
            WHEN l.deleted THEN 'deleted'
            WHEN l.negative THEN 'claim_30_unmatched_reversal' END AS rule,
        coalesce(CASE WHEN l.copy > 1 THEN 'stands in ' || row_text(l.kept_row) WHEN l.netted THEN 'with ' || row_text(l.netted_row)
            WHEN n.by_claim IS NOT NULL THEN 'by claim ' || n.by_claim WHEN p.place > 1 THEN 'by ' || row_text(p.newest_row) END,
            l.adjustment || ' of claim ' || coalesce(l.names, l.claim_id)) AS found
    FROM line AS l
    LEFT JOIN placed AS p ON p.source_row = l.source_row AND p.claim_line_number = l.claim_line_number
    LEFT JOIN claim AS c ON c.person = l.person AND c.data_source = l.data_source AND c.claim_id = l.claim_id
    LEFT JOIN claim AS target ON target.person = l.person AND target.data_source = l.data_source AND target.claim_id = l.names
    LEFT JOIN named AS n ON n.person = l.person AND n.data_source = l.data_source AND n.claim_id = l.claim_id
    LEFT JOIN sibling AS s ON s.person = l.person AND s.data_source = l.data_source AND s.claim_id = l.claim_id
)
FROM verdict WHERE rule IS NOT NULL;

-- warning: one row per source, feed, table and rule: rows that were altered, held, replaced or are doubtful, and where the first one stands
-- at full builds
WITH file AS (
    SELECT data_source, table_name, file_name, any_value(feed ORDER BY file_no DESC) AS feed FROM extract.file GROUP BY ALL
),
-- What intake tells goes by no rule of the contract: what it found says what it is.
told AS (
    SELECT w.data_source, f.feed, w.table_name, w.rule, coalesce(r.wrong, w.found, w.rule) AS wrong, coalesce(r.cure, 'nothing: ' || w.cure, 'nothing') AS cure,
        coalesce(r.outcome, 'altered') AS outcome, w.rows, w.file_name, w.first_row
    FROM valid.warning AS w
    LEFT JOIN reference.rule AS r ON r.table_name = w.table_name AND r.rule = w.rule
    LEFT JOIN file AS f ON f.data_source = w.data_source AND f.table_name = w.table_name AND f.file_name = w.file_name
)
SELECT data_source, feed, table_name, rule, wrong, cure, outcome, CAST(sum(rows) AS BIGINT) AS row_count, min(file_name) AS file_name,
    arg_min(first_row, file_name) AS first_row
FROM told GROUP BY data_source, feed, table_name, rule, wrong, cure, outcome

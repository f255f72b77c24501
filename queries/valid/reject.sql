-- row that was refused, with what is wrong, what was found and what would cure it
WITH refused AS (
    SELECT a.table_name, a.data_source, a.file_name, row_of(a.source_row) AS row_number, a.rule, r.wrong, a.found, r.cure, a.source_row
    FROM extract.set_aside AS a
    JOIN reference.rule AS r USING (table_name, rule)
    WHERE r.outcome = 'refused'
)
FROM refused
UNION ALL BY NAME
-- What intake could not read at all: its words are in the row.
SELECT 'unreadable' AS table_name, data_source, file_name, row_number, rule, 'the row could not be read' AS wrong, found, cure, source_row
FROM extract.unreadable

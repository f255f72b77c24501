-- row that breaks a rule of the contract by itself: the first such rule, and what was found
-- per file
SELECT table_name, source_row, source_row >> 36 AS file_no, data_source, file_name, broken_rule AS rule, broken_value AS found
FROM extract.every_row WHERE broken_rule IS NOT NULL

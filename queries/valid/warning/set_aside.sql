-- what was altered, held or doubtful: table, source, file and rule, counted, with examples and what would cure it
WITH rule AS (SELECT table_name, rule, cure, outcome FROM reference.rule),
aside AS (
    SELECT table_name, data_source, file_name, rule, count(*) AS rows, min(source_row) AS first_row, any_value(found ORDER BY source_row) AS found
    FROM extract.set_aside SEMI JOIN (FROM rule WHERE outcome <> 'refused') USING (table_name, rule)
    GROUP BY ALL
)
FROM warned('aside', 'rule')

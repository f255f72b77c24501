-- columns that a row can do without, left empty because they do not read
WITH rule AS (SELECT table_name, rule, cure FROM reference.rule),
found AS (
    SELECT table_name, data_source, file_name, 'unreadable_' || unread_column AS rule, count(*) AS rows, min(source_row) AS first_row,
        any_value(unread_value ORDER BY source_row) AS found
    FROM extract.every_row WHERE unread_column IS NOT NULL
    GROUP BY ALL
)
FROM warned('found', 'rule')

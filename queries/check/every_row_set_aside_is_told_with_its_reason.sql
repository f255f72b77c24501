-- rules by which rows were set aside and that nobody knows, so that the rows would be told neither as refused nor as counted warnings
SELECT a.table_name, a.rule, count(*) AS rows
FROM extract.set_aside AS a ANTI JOIN reference.rule AS r USING (table_name, rule)
GROUP BY a.table_name, a.rule

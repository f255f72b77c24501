-- row that breaks a rule of the contract by itself
SELECT table_name, source_row, data_source, file_name, rule, found FROM extract.broken_row

-- what intake altered, left or doubts
SELECT table_name, data_source, file_name, rule, rows, first_row, found, cure FROM extract.intake_warning

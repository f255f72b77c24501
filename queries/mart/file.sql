-- file: one row per accepted file, so that evidence can name the file and row that it came from
-- whole
SELECT file_no, delivery_no, table_name, data_source, file_name, row_count, received_at FROM extract.file

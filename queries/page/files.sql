-- Files by number: whose they are and what they are called
SELECT file_no, data_source, file_name, table_name FROM mart.file

-- merge or un-merge of two ids of one source
-- view
SELECT
    source_row, old_person_id, new_person_id, effective_date, reason, unmerge, data_source, file_name
FROM extract.person_xref
ANTI JOIN (SELECT source_row FROM extract.set_aside WHERE table_name = 'person_xref') AS aside USING (source_row)

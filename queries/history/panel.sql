-- panel: one row per panel that people of this build are on: a clinician in a practice of a group; three NULLs for people of nobody
SELECT DISTINCT panel_of(clinician_npi, practice_id, group_id) AS panel, clinician_npi, practice_id, group_id
FROM coded.attribution WHERE $as_of BETWEEN start_date AND coalesce(end_date, DATE 'infinity')
UNION
SELECT panel_of(NULL, NULL, NULL), NULL, NULL, NULL

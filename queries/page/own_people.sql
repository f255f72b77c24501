-- The people of the viewer, as numbers only: to find in the audit log who else opened them
SELECT DISTINCT person FROM mart.panel WHERE panel IN (SELECT unnest($panels))

-- What is new about measures in the measurement year: joined or left a programme; another rule, or counted first, since a day
SELECT measure_id, title, kind, programme, source, since FROM mart.measure_change WHERE NOT sensitive ORDER BY kind, title, programme

-- rows of coded.diagnosis_year that stand, and those that new claims alone would give: as all claims together give them
SELECT person, year, code, bool_or(counts) AS counts, CASE WHEN bool_or(counts) THEN NULL WHEN NOT bool_or(stands) THEN 'claim not paid'
        WHEN NOT bool_or(why_not = 'service does not count') THEN 'bill type does not count' ELSE 'service does not count' END AS why_not,
    len(list_distinct(flatten(list(days_of_year)))) AS days, list_sort(list_distinct(flatten(list(days_of_year)))) AS days_of_year,
    min(first_date) AS first_date, max(last_date) AS last_date, arg_max(source_row, (last_date, -source_row)) AS source_row,
    bool_or(stands) AS stands, bool_or(hospital) AS hospital
FROM either
GROUP BY person, year, code

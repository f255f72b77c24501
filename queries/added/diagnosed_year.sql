-- rows of coded.diagnosed_year that stand, and those that new claims alone would give: as all claims together give them
SELECT person, year, bool_or(readable) AS readable FROM either GROUP BY person, year

-- What each concept is called, the narrowest first
SELECT concept, title FROM mart.concept ORDER BY codes, length(title), title

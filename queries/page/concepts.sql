-- What each concept is called and which concepts one code can mean with it, the narrowest first
SELECT concept, title, shares FROM mart.concept ORDER BY codes, length(title), title

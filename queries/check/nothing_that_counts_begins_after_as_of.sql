-- events of a production build (written clock) that begin after the day on which it looks
SELECT concept, person, fact, start_date
FROM coded.event
WHERE $clock = 'written' AND isfinite(start_date) AND start_date > $as_of

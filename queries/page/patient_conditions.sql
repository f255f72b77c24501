-- Which of the conditions $facts are told of in one of the viewer's people, newest first, and when last
SELECT fact, on_date FROM mart.person_fact
WHERE person = $person AND fact IN (SELECT unnest(CAST($facts AS VARCHAR[])))
ORDER BY on_date DESC, fact

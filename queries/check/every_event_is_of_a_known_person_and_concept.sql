-- events without a person, or of a concept that does not exist
SELECT e.concept, e.person, e.fact
FROM coded.event AS e LEFT JOIN reference.concept AS c USING (concept) LEFT JOIN coded.person AS p USING (person)
WHERE c.concept IS NULL OR p.person IS NULL

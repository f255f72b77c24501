-- one row per person and diagnosis or drug that a claim or visit of the look-back tells of ($from to $cut). Onset dates of problem lists are
-- not read: they may have been written long after the day that they name
WITH wanted AS (
    SELECT f.feature, c.concept, f.kind FROM (SELECT unnest($feature) AS feature, unnest($kind) AS kind, unnest($concept) AS concept,
        unnest($low) AS low, unnest($high) AS high) AS f JOIN reference.concept AS c ON c.name = f.concept
    WHERE f.kind IN ('diagnosis', 'drug')
)
SELECT DISTINCT e.person, w.feature, CAST(1 AS DOUBLE) AS value
FROM coded.event AS e JOIN wanted AS w USING (concept)
WHERE (e.kinds & (kind('pending') | kind('ordered') | kind('laboratory_claim'))) = 0
    AND ((e.kinds & kind('condition')) = 0 OR (e.kinds & (kind('claim') | kind('visit_diagnosis'))) <> 0) AND e.start_date BETWEEN $from AND $cut

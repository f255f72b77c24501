-- A build or pass that died, or was held, after it had written its version here and before it was published, or that was taken back: the version is no
-- version any more, and what stood before it, or after it, stands on.
-- $served: the version that is served, '' for none.
CREATE OR REPLACE TEMP TABLE forgot AS
SELECT v.point, coalesce(min(n.point), 9223372036854775807) AS next
FROM archive.version AS v LEFT JOIN archive.version AS n ON n.point > v.point AND NOT n.forgotten AND NOT coalesce(n.published > $served, false)
WHERE v.published > $served AND NOT v.forgotten
GROUP BY v.point;
UPDATE archive.version SET forgotten = true WHERE point IN (SELECT point FROM forgot);
DELETE FROM archive.unit_count WHERE point IN (SELECT point FROM forgot);

DELETE FROM archive.result USING forgot WHERE from_point = point AND to_point <= next;
UPDATE archive.result SET from_point = next FROM forgot WHERE from_point = point;
UPDATE archive.result SET to_point = next FROM forgot WHERE to_point = point;
DELETE FROM archive.risk USING forgot WHERE from_point = point AND to_point <= next;
UPDATE archive.risk SET from_point = next FROM forgot WHERE from_point = point;
UPDATE archive.risk SET to_point = next FROM forgot WHERE to_point = point;
DROP TABLE forgot;

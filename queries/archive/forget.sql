-- A build that died after it had written its version here and before it was published: the version was never seen, so it is no version.
-- $served: the version that is served, '' for none.
UPDATE archive.version SET forgotten = true WHERE published > $served AND NOT forgotten;
DELETE FROM archive.unit_count WHERE point IN (SELECT point FROM archive.version WHERE forgotten);

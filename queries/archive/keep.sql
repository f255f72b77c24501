-- Add the build's rows of `history` as a version at $point, between the versions before and after it ($next: the point after it, or the end of time).
-- A refresh ($since: the point that it builds on) says so much of the people of history.touched only, and of counts what is to be added.
INSERT INTO archive.version VALUES ($point, $as_of, $known_at, $published, $made_at, false, $since);
INSERT OR IGNORE INTO archive.rate FROM history.rate;
INSERT OR IGNORE INTO archive.contract FROM history.contract;
INSERT OR IGNORE INTO archive.panel FROM history.panel;
INSERT OR IGNORE INTO archive.panel_set FROM history.panel_set;
INSERT INTO archive.rule SELECT $point, rate_key, rule FROM history.rule WHERE CAST($since AS BIGINT) IS NULL;
INSERT INTO archive.unit_count SELECT $point, * FROM history.unit_count;

-- What stood there by the versions around it, and is not so.
CREATE OR REPLACE TEMP TABLE stood AS SELECT rowid AS row, * FROM archive.result
WHERE from_point <= $point AND to_point > $point AND ($since IS NULL OR person IN (SELECT person FROM history.touched));
CREATE OR REPLACE TEMP TABLE ended AS
FROM stood ANTI JOIN history.result USING (rate_key, period, person, unit, contract, denominator, exclusion, exception, numerator, panel, panel_set);
INSERT INTO archive.result SELECT * EXCLUDE (row) REPLACE ($next AS from_point) FROM ended WHERE to_point > $next;
UPDATE archive.result SET to_point = $point WHERE rowid IN (SELECT row FROM ended);

-- What is new, from here until the next version; where that one says the same, its row begins earlier instead.
CREATE OR REPLACE TEMP TABLE begun AS
FROM history.result ANTI JOIN stood USING (rate_key, period, person, unit, contract, denominator, exclusion, exception, numerator, panel, panel_set)
WHERE $since IS NULL OR person IN (SELECT person FROM history.touched);
CREATE OR REPLACE TEMP TABLE followed AS
SELECT a.rowid AS row, b.* FROM begun AS b JOIN archive.result AS a USING (rate_key, period, person, unit, contract, denominator, exclusion, exception, numerator, panel, panel_set)
WHERE a.from_point = $next;
UPDATE archive.result SET from_point = $point WHERE rowid IN (SELECT row FROM followed);
INSERT INTO archive.result BY NAME SELECT $point AS from_point, $next AS to_point, *
FROM begun ANTI JOIN followed USING (rate_key, period, person, unit, contract, denominator, exclusion, exception, numerator, panel, panel_set);
DROP TABLE stood; DROP TABLE ended; DROP TABLE begun; DROP TABLE followed;

-- The same of what is said of people's risk.
CREATE OR REPLACE TEMP TABLE stood AS SELECT rowid AS row, * FROM archive.risk
WHERE from_point <= $point AND to_point > $point AND ($since IS NULL OR person IN (SELECT person FROM history.touched));
CREATE OR REPLACE TEMP TABLE ended AS FROM stood ANTI JOIN history.risk USING (person, said);
INSERT INTO archive.risk SELECT * EXCLUDE (row) REPLACE ($next AS from_point) FROM ended WHERE to_point > $next;
UPDATE archive.risk SET to_point = $point WHERE rowid IN (SELECT row FROM ended);
CREATE OR REPLACE TEMP TABLE begun AS FROM history.risk ANTI JOIN stood USING (person, said)
WHERE $since IS NULL OR person IN (SELECT person FROM history.touched);
CREATE OR REPLACE TEMP TABLE followed AS SELECT a.rowid AS row, b.* FROM begun AS b JOIN archive.risk AS a USING (person, said) WHERE a.from_point = $next;
UPDATE archive.risk SET from_point = $point WHERE rowid IN (SELECT row FROM followed);
INSERT INTO archive.risk BY NAME SELECT $point AS from_point, $next AS to_point, * FROM begun ANTI JOIN followed USING (person, said);
DROP TABLE stood; DROP TABLE ended; DROP TABLE begun; DROP TABLE followed;

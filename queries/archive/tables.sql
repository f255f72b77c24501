-- history.duckdb of a home directory, attached as `archive`: what each version said.

-- One row a version: point orders versions by as_of, then by when they were made. published: the name of the version that was published, NULL
-- for one that was computed afterwards (backfill). forgotten: it was never published after all. since: a refresh writes signed differences of
-- unit_count only; they add to those of the version of this point and of the refreshes between.
CREATE TABLE IF NOT EXISTS archive.version (point BIGINT PRIMARY KEY, as_of DATE NOT NULL, known_at TIMESTAMP NOT NULL, published VARCHAR, made_at TIMESTAMP NOT NULL,
    forgotten BOOLEAN NOT NULL DEFAULT false, since BIGINT);
ALTER TABLE archive.version ADD COLUMN IF NOT EXISTS since BIGINT;

-- What each rate asked for, as a hash of its lines and their codes. A refresh asks for what the version asks that it builds on.
CREATE TABLE IF NOT EXISTS archive.rule (point BIGINT, rate_key BIGINT, rule BIGINT);

-- A result holds from from_point until before to_point; one that stays as it is stays one row.
CREATE TABLE IF NOT EXISTS archive.result (from_point BIGINT, to_point BIGINT, rate_key BIGINT, period SMALLINT, person INTEGER, unit BIGINT, contract INTEGER,
    denominator BOOLEAN, exclusion BOOLEAN, exception BOOLEAN, numerator BOOLEAN, panel BIGINT);
ALTER TABLE archive.result ADD COLUMN IF NOT EXISTS panel_set BIGINT;

-- What was said of a person's risk, in the same way. said: a digest of the columns after it.
CREATE TABLE IF NOT EXISTS archive.risk (from_point BIGINT, to_point BIGINT, person INTEGER, said UBIGINT, tier VARCHAR, charlson SMALLINT, release VARCHAR,
    raw_score DECIMAL(12, 3), factors STRUCT(factor VARCHAR, coefficient DECIMAL(9, 3))[], rx_release VARCHAR, rx_score DECIMAL(12, 3));

CREATE TABLE IF NOT EXISTS archive.unit_count (point BIGINT, rate_key BIGINT, period SMALLINT, plan_key VARCHAR, panel_set BIGINT, panel BIGINT,
    denominator INTEGER, numerator INTEGER, closed INTEGER, excluded INTEGER);

CREATE TABLE IF NOT EXISTS archive.rate (rate_key BIGINT PRIMARY KEY, measure_id VARCHAR, variant VARCHAR, rate VARCHAR);
CREATE TABLE IF NOT EXISTS archive.contract (contract INTEGER PRIMARY KEY, payer VARCHAR, plan VARCHAR, product_line VARCHAR);
CREATE TABLE IF NOT EXISTS archive.panel (panel BIGINT PRIMARY KEY, clinician_npi VARCHAR, practice_id VARCHAR, group_id VARCHAR);
CREATE TABLE IF NOT EXISTS archive.panel_set (panel_set BIGINT, panel BIGINT, PRIMARY KEY (panel_set, panel));

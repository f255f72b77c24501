-- What has been delivered, and who is who. A parquet file of the extract counts only if its row here says so:
-- the commit of one transaction on this database is the acceptance of a delivery.
CREATE TABLE IF NOT EXISTS ledger.delivery (
    delivery_no INTEGER PRIMARY KEY, tenant VARCHAR NOT NULL, data_source VARCHAR NOT NULL, feed VARCHAR NOT NULL, format VARCHAR NOT NULL,
    contract_version VARCHAR, period_start DATE, period_end DATE, kind VARCHAR, sequence INTEGER, row_count BIGINT, sha256 VARCHAR,
    produced_at TIMESTAMP, received_at TIMESTAMP NOT NULL, status VARCHAR NOT NULL, reason VARCHAR, manifest VARCHAR, held_path VARCHAR
);
COMMENT ON COLUMN ledger.delivery.status IS 'accepted; held: waits for a missing sequence; replaced: a newer delivery stands for it';
COMMENT ON COLUMN ledger.delivery.kind IS 'full or delta';
COMMENT ON COLUMN ledger.delivery.sha256 IS 'Of the names and contents of all its files';

CREATE TABLE IF NOT EXISTS ledger.file (
    file_no INTEGER PRIMARY KEY, delivery_no INTEGER NOT NULL, table_name VARCHAR NOT NULL, data_source VARCHAR, file_name VARCHAR NOT NULL,
    path VARCHAR NOT NULL, row_count BIGINT NOT NULL, sha256 VARCHAR NOT NULL, accepted BOOLEAN NOT NULL
);
COMMENT ON COLUMN ledger.file.file_name IS 'As the sender named it';
COMMENT ON COLUMN ledger.file.path IS 'Parquet file of the extract, relative to the home directory';
COMMENT ON COLUMN ledger.file.sha256 IS 'Of the file as sent';

CREATE TABLE IF NOT EXISTS ledger.warning (
    delivery_no INTEGER NOT NULL, table_name VARCHAR, data_source VARCHAR, file_name VARCHAR, rule VARCHAR NOT NULL, rows BIGINT, first_row BIGINT,
    found VARCHAR, cure VARCHAR
);
COMMENT ON TABLE ledger.warning IS 'What intake altered, left or doubts, counted';

CREATE TABLE IF NOT EXISTS ledger.person_link (
    person_key INTEGER PRIMARY KEY, tenant VARCHAR NOT NULL, data_source VARCHAR NOT NULL, person_id VARCHAR NOT NULL, since_delivery INTEGER NOT NULL
);
COMMENT ON TABLE ledger.person_link IS 'Append-only: an id of a source keeps its integer for ever';

CREATE TABLE IF NOT EXISTS ledger.person_identifier (
    person_key INTEGER NOT NULL, kind VARCHAR NOT NULL, issuer VARCHAR NOT NULL, value VARCHAR NOT NULL, birth_date DATE, since_delivery INTEGER NOT NULL
);
COMMENT ON COLUMN ledger.person_identifier.kind IS 'member_id (issuer: the payer) or mbi';

CREATE TABLE IF NOT EXISTS ledger.person_merge (
    person_key INTEGER NOT NULL, person INTEGER NOT NULL, since_delivery INTEGER NOT NULL, reason VARCHAR NOT NULL, undone INTEGER
);
COMMENT ON TABLE ledger.person_merge IS 'From that delivery on the key means this person; undone: the delivery that took it back';

CREATE TABLE IF NOT EXISTS ledger.drug (data_source VARCHAR NOT NULL, medication_id VARCHAR NOT NULL, codes STRUCT(code_system VARCHAR, code VARCHAR)[]);
COMMENT ON TABLE ledger.drug IS 'Medication resources: what orders of later deliveries may refer to';

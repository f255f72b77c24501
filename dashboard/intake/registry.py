"""Who is who: (tenant, source, id of the source) -> an integer for ever, and merges that can be taken back.

Ids are joined on member id (of one payer), MBI or a supplied crosswalk (person_xref), never on name and birth date. A match is not made
where the two birth dates differ: ids are handed on within families.
"""


SENT = {
    "sent_person": ["data_source VARCHAR", "person_id VARCHAR"],
    "sent_identifier": ["data_source VARCHAR", "person_id VARCHAR", "kind VARCHAR", "issuer VARCHAR", '"value" VARCHAR', "birth_date VARCHAR"],
    "sent_crosswalk": ["data_source VARCHAR", "old_person_id VARCHAR", "new_person_id VARCHAR", "unmerge BOOLEAN"],
}


def sent(connection, people: list[str], identifiers: list[str], crosswalk: list[str]) -> None:
    """Make the relations that the registry reads of a delivery, from SELECTs with the columns of SENT."""
    for (name, columns), selects in zip(SENT.items(), (people, identifiers, crosswalk), strict=True):
        nothing = "SELECT " + ", ".join(f"CAST(NULL AS {column.split()[1]}) AS {column.split()[0]}" for column in columns) + " WHERE FALSE"
        connection.execute(f"CREATE OR REPLACE VIEW {name} AS {' UNION ALL '.join([nothing, *selects])}")


# (person_key, person): the keys that mean another person now. The ledger is attached as `ledger`.
MERGES = """
    WITH RECURSIVE standing AS (
        SELECT person_key, arg_max(person, since_delivery) AS person FROM ledger.person_merge WHERE undone IS NULL GROUP BY person_key
    ), meant AS (
        SELECT person_key, person_key AS person, 0 AS steps FROM standing
        UNION ALL
        SELECT meant.person_key, standing.person, steps + 1 FROM meant JOIN standing ON standing.person_key = meant.person
        WHERE standing.person <> meant.person_key AND steps < 100
    )
    SELECT person_key, arg_max(person, steps) AS person FROM meant GROUP BY person_key HAVING arg_max(person, steps) <> person_key"""


def people_of(connection):
    """Relation (person_key, person): whom each key means now. The ledger is attached as `ledger`."""
    return connection.sql(f"""
        SELECT l.person_key, coalesce(m.person, l.person_key) AS person FROM ledger.person_link AS l LEFT JOIN ({MERGES}) AS m USING (person_key)""")


def assign(connection, tenant: str) -> int:
    """Give every id of relation `sent_person` (data_source, person_id) its key, in table `person`; the number of new keys.

    Nothing is kept yet: `keep` does that in the ledger's transaction.
    """
    return connection.execute("""
        CREATE OR REPLACE TABLE person AS
        WITH sent AS (
            SELECT DISTINCT data_source, person_id FROM sent_person WHERE person_id IS NOT NULL
        ), known AS (
            SELECT data_source, person_id, person_key FROM sent JOIN ledger.person_link USING (data_source, person_id) WHERE tenant = $tenant
        )
        SELECT data_source, person_id, person_key, FALSE AS is_new FROM known
        UNION ALL
        SELECT data_source, person_id, CAST((SELECT coalesce(max(person_key), 0) FROM ledger.person_link)
            + row_number() OVER (ORDER BY data_source, person_id) AS INTEGER), TRUE
        FROM (FROM sent ANTI JOIN known USING (data_source, person_id))""", {"tenant": tenant}).execute(
        "SELECT count(*) FROM person WHERE is_new").fetchone()[0]


def keep(connection, tenant: str, delivery_no: int) -> None:
    """Write the new keys of table `person` into the ledger."""
    connection.execute("INSERT INTO ledger.person_link SELECT person_key, $tenant, data_source, person_id, $delivery_no FROM person WHERE is_new",
                       {"tenant": tenant, "delivery_no": delivery_no})


def match(connection, tenant: str, delivery_no: int) -> int:
    """Keep the identifiers of relation `sent_identifier` (data_source, person_id, kind, issuer, value, birth_date) and merge on them.

    The younger key comes to mean the older key's person. The number of merges made.
    """
    connection.execute("""
        CREATE OR REPLACE TEMP TABLE new_identifier AS
        SELECT DISTINCT person_key, kind, lower(trim(coalesce(issuer, ''))) AS issuer, upper(trim("value")) AS "value",
            TRY_CAST(birth_date AS DATE) AS birth_date
        FROM sent_identifier JOIN person USING (data_source, person_id)
        WHERE nullif(trim("value"), '') IS NOT NULL
        EXCEPT SELECT person_key, kind, issuer, "value", birth_date FROM ledger.person_identifier""")
    connection.execute("INSERT INTO ledger.person_identifier SELECT *, $delivery_no FROM new_identifier", {"delivery_no": delivery_no})
    connection.execute("CREATE OR REPLACE TEMP TABLE meant AS SELECT * FROM (" + people_of(connection).sql_query() + ")")
    return connection.execute("""
        INSERT INTO ledger.person_merge
        SELECT younger.person_key, min(meant.person), $delivery_no, 'same ' || min(younger.kind), NULL
        FROM new_identifier AS newcomer
        JOIN ledger.person_identifier AS older USING (kind, issuer, "value")
        JOIN ledger.person_identifier AS younger USING (kind, issuer, "value")
        JOIN ledger.person_link AS older_link ON older_link.person_key = older.person_key AND older_link.tenant = $tenant
        JOIN ledger.person_link AS younger_link ON younger_link.person_key = younger.person_key AND younger_link.tenant = $tenant
        JOIN meant ON meant.person_key = older.person_key
        JOIN meant AS now ON now.person_key = younger.person_key
        WHERE older.person_key < younger.person_key AND newcomer.person_key IN (older.person_key, younger.person_key)
            AND now.person <> meant.person AND meant.person < younger.person_key
            AND coalesce(older.birth_date = younger.birth_date, TRUE)
        GROUP BY younger.person_key""", {"tenant": tenant, "delivery_no": delivery_no}).fetchone()[0]


def apply_crosswalk(connection, tenant: str, delivery_no: int) -> int:
    """Merge and un-merge as relation `sent_crosswalk` (data_source, old_person_id, new_person_id, unmerge) says; the number of rows that did."""
    connection.execute("""
        CREATE OR REPLACE TEMP TABLE crosswalk AS
        SELECT DISTINCT old.person_key AS old_key, new.person_key AS new_key, coalesce(unmerge, FALSE) AS unmerge
        FROM sent_crosswalk AS sent
        JOIN ledger.person_link AS old ON old.tenant = $tenant AND old.data_source = sent.data_source AND old.person_id = sent.old_person_id
        JOIN ledger.person_link AS new ON new.tenant = $tenant AND new.data_source = sent.data_source AND new.person_id = sent.new_person_id
        WHERE old.person_key <> new.person_key""", {"tenant": tenant})
    undone = connection.execute("""
        UPDATE ledger.person_merge SET undone = $delivery_no FROM crosswalk
        WHERE crosswalk.unmerge AND person_merge.undone IS NULL AND person_merge.person_key = crosswalk.old_key
            AND person_merge.person = crosswalk.new_key""", {"delivery_no": delivery_no}).fetchone()[0]
    connection.execute("CREATE OR REPLACE TEMP TABLE meant AS SELECT * FROM (" + people_of(connection).sql_query() + ")")
    merged = connection.execute("""
        INSERT INTO ledger.person_merge
        SELECT old_key, min(new_key), $delivery_no, 'crosswalk', NULL FROM crosswalk
        JOIN meant AS old ON old.person_key = old_key JOIN meant AS new ON new.person_key = new_key
        WHERE NOT unmerge AND old.person <> new.person AND new.person <> old_key
        GROUP BY old_key""", {"delivery_no": delivery_no}).fetchone()[0]
    return undone + merged

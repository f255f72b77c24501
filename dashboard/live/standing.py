"""What of the touched people stands as the served version has it and is not made again: reading and planning take seconds however few they are.

A table to which nothing came says of a person what it said before, so what `coded` made of it stands. What a card said stands when all that it
asks about is what the served version knew.
"""

from dataclasses import replace
from functools import cache, cached_property

from dashboard import database, parallel
from dashboard.build import kept, sql
from dashboard.contract import read_contract
from dashboard.live.looking import LOOKED_FOR, Looking
from dashboard.measures.batches import bits
from dashboard.settings import QUERIES

# Tables that say who a person is. Rules that set rows of any table aside look into them: who has a changed row in them is read whole.
OF_WHOM = frozenset({"eligibility", "patient"})
ROSTER = OF_WHOM | {"provider_attribution"}  # few rows, on which those of other tables hang
OF_ROSTER = {"valid.eligibility": "eligibility", "valid.provider_attribution": "provider_attribution"}  # what is kept of them
BY_FACT = ("coded.event", "coded.attribute", "coded.uncounted_claim")  # their rows go by the fact, so by one table each
BY_PERSON = ("coded.attribution", "coded.stay", "coded.hospital_bill", "coded.diagnosis_year", "coded.diagnosed_year", "coded.plan_score",
             "coded.plan_gap", "coded.appointment", "mart.claim_lag")
BY_ROSTER = ("coded.person", "coded.coverage", "coded.medicare_year")  # of who is known by name, they hang on OF_WHOM alone
TAKEN_OVER = (*BY_FACT, *BY_PERSON, *BY_ROSTER)
# Tables whose rows go by the fact, and decide about each other (queries/extract/set_aside) only where they have a key in common -> the relation of
# extract that tells the keys, and their names.
DECIDES_BY = {"lab_result": ("lab_result_key", ("id_key", "accession_key")),
              "medical_claim": ("medical_claim_key", ("claim_key", "named_key", "reversal_key", "encounter_key"))}


def remade(connection, changed: frozenset[str]) -> frozenset[str]:
    """The tables of people that are read again when something came to `changed`: of what is made again, all that it is made of."""
    again = changed & _of_person() - OF_WHOM
    while more := [one for one in _made_of(connection) if one & again and not one <= again]:
        again = again.union(*more)
    return again


def adding(connection, again: frozenset[str], changed: frozenset[str], went: frozenset[str]) -> frozenset[str]:
    """The tables of `again` of which new rows only add to what older ones say, but for few people: those to which files came, and from which none
    `went`, whose rows decide about each other by known keys alone, and those to which nothing came; less what says something together with others."""
    whole = changed & again - (frozenset(DECIDES_BY) - went)
    while more := [one & again for one in _made_of(connection) if one & whole and not one & again <= whole]:
        whole = whole.union(*more)
    return again - whole - ROSTER


def _made_of(connection) -> list[frozenset[str]]:
    """Of each part of the relations that `coded` makes of one or several tables of people: these tables."""
    items = {item.full_name: item for layer in ("coded", "mart") for item in sql.relations(layer)}
    return [tables_of(connection, part) for name in ("coded.event", *BY_PERSON) for part in items[name].parts]


def tables_of(connection, text: str) -> frozenset[str]:
    """The tables of people that a query over `valid` is made of, beside those of who they are."""
    return frozenset(one.partition(".")[2] for one in sql.reads(connection, text) if one.startswith("valid.")) & _of_person() - OF_WHOM


@cache
def _of_person() -> frozenset[str]:
    return frozenset(table.name for table in read_contract().values() if table.of_person)


def hangs_on_roster(connection, again: frozenset[str]) -> bool:
    """Whether anything that reads one of the tables `again` reads the roster or the record, too. Who is covered stands in coded.person."""
    items = [*sql.relations("extract"), *(item for layer in ("coded", "mart") for item in sql.relations(layer)
                                          if item.full_name in {*BY_FACT, *BY_PERSON})]
    read = [{name.partition(".")[2] for name in sql.reads(connection, part) if name.startswith(("extract.", "valid."))}
            for item in items for part in item.parts]
    return any(names & again and names & ROSTER for names in read)


class Standing:
    """The people of the table `touched` of a work database, of whom `again` (see remade) is read again and of those of `wide` every table. The served
    version is attached under the name `served`. change: as `changes` of touched.py gives it. looking: where rows of the touched people are looked for
    already."""

    def __init__(self, connection, served: str, change, looking: Looking | None = None):
        self.connection, self.served, self.change, self.again, self.wide = connection, served, change, change.again, change.wide
        self.evidence_stands, self.fell = False, ""
        self.items = {item.full_name: item for layer in ("coded", "mart") for item in sql.relations(layer)}
        connection.execute("CREATE TABLE wide AS SELECT unnest($people::INTEGER[]) AS person", {"people": sorted(self.wide)})
        connection.execute("CREATE TABLE narrow AS FROM touched ANTI JOIN wide USING (person)")
        self.looking, self.begun = looking, frozenset()
        if looking and not self._narrows():
            looking.hurry()

    def is_as_served(self, relation: str) -> bool:
        """Whether all rows of one of TAKEN_OVER are what the served version knew."""
        return not self.wide and self.stands_of_narrow(relation)

    def stands_of_narrow(self, relation: str) -> bool:
        """Whether the rows of one of TAKEN_OVER are what the served version knew, of those who are not wide."""
        return relation in BY_ROSTER or not self._is_made_again(self.items[relation])

    def _narrows(self) -> bool:
        """Whether whatever came says something of a person only by the coded rows that it adds."""
        return self.change.known and self.change.adding == self.again != frozenset() and not any(map(self._is_made_again, self._items(BY_PERSON)))

    def _items(self, names: tuple[str, ...]) -> list[sql.Relation]:
        return [self.items[name] for name in names]

    def narrow_down(self, parameters: dict, views: bool) -> None:
        """Before `coded` is made: leave only those in `touched` to whom new rows add coded ones, or of whom more than such rows is read. A third of
        all results are nothing that anything asks about."""
        self.connection.execute("CREATE TABLE redone AS SELECT unnest($people::INTEGER[]) AS person", {"people": sorted(self.change.redone())})
        self.connection.execute("CREATE TABLE added_to AS FROM narrow ANTI JOIN redone USING (person)")
        if not self._narrows():
            return
        begun = [item for item in self._items(BY_FACT) if self._is_made_again(item)]
        parallel.each(self.connection, lambda cursor, item: sql.create(cursor, item, parameters, views=views), begun)
        self.begun = frozenset(item.full_name for item in begun)
        added = " UNION ALL ".join(f"SELECT person FROM {name}" for name in (*self.begun, "wide", "redone", "extract.answer"))
        self.connection.execute(f"DELETE FROM touched WHERE person NOT IN ({added})")
        for table in ("narrow", *OF_ROSTER):
            self.connection.execute(f"DELETE FROM {table} WHERE person NOT IN (FROM touched)")
        if self.looking:
            self.looking.hurry()

    def make(self, cursor, item: sql.Relation, parameters: dict, catalog: str = "", views: bool = True) -> int:
        """sql.create, but for what stands."""
        by_fact = item.full_name in BY_FACT
        if item.full_name == "coded.contract":
            return self._make_contracts(cursor, item, parameters, catalog)
        if item.full_name == "coded.event" and self.looking:
            return self._make_events(cursor, item, parameters, views)
        if item.full_name not in TAKEN_OVER or (item.full_name in BY_PERSON and self._is_made_again(item)):
            kept_rows = self.change.known and self._known(item.full_name)
            rows = sql.create(cursor, item, parameters, catalog, views and not kept_rows)
            if item.full_name in BY_PERSON and self._only_adds(item):
                return self._add(cursor, item, f"{catalog}.{item.full_name}" if catalog else item.full_name)
            return rows + cursor.execute(f"INSERT INTO {item.full_name} BY NAME {kept_rows}").fetchone()[0] if kept_rows else rows
        name = f"{catalog}.{item.full_name}" if catalog else item.full_name
        stood = f"FROM {self.source(item.full_name)} SEMI JOIN narrow USING (person)" + (f" WHERE {self._stands()}" if by_fact else "")
        if self.is_as_served(item.full_name):
            cursor.execute(f"CREATE OR REPLACE TABLE {name} AS {stood}")
        else:
            if item.full_name not in self.begun:
                sql.create(cursor, item, parameters, catalog, views)
            if not by_fact:  # of the others not every table was read
                cursor.execute(f"DELETE FROM {name} WHERE person NOT IN (SELECT person FROM wide)")
            with database.cores_for(cursor, len(self.change.people)):
                cursor.execute(f"INSERT INTO {name} BY NAME {stood}")
        return cursor.execute(f"SELECT count(*) FROM {name}").fetchone()[0]

    def _make_events(self, cursor, item: sql.Relation, parameters: dict, views: bool) -> int:
        """New events beside those that stand, which are not moved: where they were found lies what stands, and what fell lies apart."""
        if item.full_name not in self.begun:
            sql.create(cursor, item, parameters, views=views)
        stood = self.source(item.full_name)
        with database.cores_for(cursor, len(self.change.people)):
            cursor.execute(f"""
                ALTER TABLE coded.event RENAME TO new_event;
                CREATE TABLE coded.fell_event AS FROM {stood} SEMI JOIN touched USING (person)
                WHERE person IN (SELECT person FROM wide) OR NOT {self._stands()};
                DELETE FROM {stood} WHERE person NOT IN (SELECT person FROM narrow) OR NOT {self._stands()};
                CREATE VIEW coded.event AS FROM coded.new_event UNION ALL BY NAME FROM {stood}""")
        self.fell = f"(FROM {stood} UNION ALL BY NAME FROM coded.fell_event)"
        return cursor.execute("SELECT count(*) FROM coded.event").fetchone()[0]

    def _only_adds(self, item: sql.Relation) -> bool:
        return any(tables_of(self.connection, part) & self.change.adding for part in item.parts)

    def _add(self, cursor, item: sql.Relation, name: str) -> int:
        """Of whom only new rows were read: what these alone give is added to what stands (queries/added), or is nothing."""
        added, stood = "SEMI JOIN added_to USING (person)", f"FROM {self.source(item.full_name)} SEMI JOIN added_to USING (person)"
        how = QUERIES / "added" / f"{item.name}.sql"
        if how.exists():
            cursor.execute(f"CREATE OR REPLACE TEMP TABLE either AS FROM {name} {added} UNION ALL BY NAME {stood}")
            stood = sql.relation(how).text
        cursor.execute(f"DELETE FROM {name} WHERE person IN (FROM added_to)")
        cursor.execute(f"INSERT INTO {name} BY NAME {stood}")
        return cursor.execute(f"SELECT count(*) FROM {name}").fetchone()[0]

    def _make_contracts(self, cursor, item: sql.Relation, parameters: dict, catalog: str) -> int:
        """Those of everybody, not of the touched people alone: a plan's list may name any contract of the plan."""
        if self.wide or self.change.tables & OF_WHOM:
            others = f"FROM {self.source('valid.eligibility')} ANTI JOIN touched USING (person)"
            everybody = f"(SELECT {kept.PEOPLE['valid.eligibility']} FROM valid.eligibility UNION ALL BY NAME {others})"
            text = item.text.replace("valid.eligibility", everybody)
        else:
            text = f"FROM {self.served}.mart.contract"
        return sql.create(cursor, replace(item, parts=(text,)), parameters, catalog)

    def _known(self, relation: str) -> str | None:
        """SELECT of what is kept of those of whom the roster is not read."""
        if relation in OF_ROSTER:
            return f"FROM {self.source(relation)} SEMI JOIN narrow USING (person)"
        if relation == "valid.covered_person":
            return f"SELECT person FROM {self.source('coded.person')} SEMI JOIN narrow USING (person) WHERE has_coverage"
        return None

    def take_over(self, wanted: list) -> list:
        """Fill evidence.* with the served rows of the cards whose input did not change; gives the others.

        wanted: (Compiled, id of its first rate).
        """
        if self.wide and any(self._differs(relation) for relation in ("coded.person", "coded.coverage")):
            return wanted
        changed = self._changed_concepts()
        same = [(one, first_id) for one, first_id in wanted if not one.asked & changed and not self._is_listed(one)]
        self.stand(same, "touched")
        left = [pair for pair in wanted if pair not in same]
        self.evidence_stands = not left and not self.wide
        return left

    def _is_listed(self, one) -> bool:
        """Whether a plan's new list may ask a variant about people of whom it said nothing before."""
        return one.variant.name == "HEDIS" and "plan_gap" in self.again

    def stand(self, same: list, people: str, but: str = "") -> None:
        """Fill evidence.* with the served rows of variants, of the people of a table. but: a join that leaves some out."""
        rates = [first_id + place for one, first_id in same for place in range(len(one.rates))]
        # What stands in result.measure_result gives itself again: of roles that beat each other only the winner is left there.
        for relation, stood in (("evidence.subject", "result.measure_result"), ("evidence.found", "evidence.found"),
                                ("evidence.outside", "evidence.outside")):
            of_cards = f"FROM {self.source(stood)} SEMI JOIN {people} USING (person) {but} WHERE rate_id IN (SELECT unnest($rates))"
            self.connection.execute(f"INSERT INTO {relation} BY NAME {of_cards}", {"rates": rates})

    def weigh(self, wanted: list) -> str | None:
        """The table `weighed` of those of whom the events that some of the variants ask for differ, with the bits of these (see measures.fill), or
        who are wide, or listed anew: of all others what the cards said stands. None: everybody is counted. Called when what the variants ask for is
        in the tables of measures.batches."""
        listed = bits(number for number, (one, _) in enumerate(wanted) if self._is_listed(one))
        self.connection.execute(f"""CREATE TABLE weighed AS
            WITH anybody AS (SELECT person, birth_date, -1::HUGEINT AS has, -1::HUGEINT AS askers FROM coded.person)
            SELECT person, bit_or(askers) AS askers FROM (
                -- Details go by the fact: where one differs its event does.
                SELECT e.person, w.askers FROM base_events('wanted', 'anybody', '{self.changed_event}') AS e JOIN wanted AS w USING (set)
                UNION ALL SELECT person, -1 FROM wide
                UNION ALL SELECT person, {listed}::HUGEINT FROM touched WHERE {listed}::HUGEINT <> 0)
            GROUP BY person""")
        return "weighed"

    def stand_others(self, wanted: list) -> None:
        """Fill evidence.* with the served rows of the variants of whom `weigh` did not name for these."""
        self.stand(wanted, "touched", "ANTI JOIN (SELECT person, rate_id FROM weighed AS w JOIN counted_variant AS v ON w.askers & v.asker <> 0 "
                                      "JOIN counted_rate USING (variant)) USING (person, rate_id)")

    def _changed_concepts(self) -> frozenset[int]:
        """The concepts of events and details that differ from those of the served version."""
        return self._values(f"FROM {self.changed_event}", "concept") | self._values(self._differences("coded.attribute"), "concept")

    @cached_property
    def changed_event(self) -> str:
        """A table of the rows of coded.event that differ from those of the served version, made when it is first asked for."""
        self.connection.execute(f"CREATE TABLE changed_event AS {_either('FROM coded.new_event', 'FROM coded.fell_event')}")
        return "changed_event"

    def _differences(self, relation: str) -> str:
        """SELECT of the rows of a relation by fact that only it has or only the served version, or one more often."""
        may_differ = f"(person IN (SELECT person FROM wide) OR NOT {self._stands()})"
        return _either(f"SELECT * FROM {relation} WHERE {may_differ}", f"SELECT * FROM {self._stood(relation)} WHERE {may_differ}")

    def differing(self, relation: str) -> str:
        """SELECT of the people of whom a relation has other rows than the served version knows."""
        rows = self._differences(relation) if relation in BY_FACT else _either(f"FROM {relation}", f"FROM {self._stood(relation)}")
        return f"SELECT DISTINCT person FROM ({rows}) SEMI JOIN touched USING (person)"

    def _differs(self, relation: str) -> bool:
        return self.connection.execute(f"{self.differing(relation)} LIMIT 1").fetchone() is not None

    def _values(self, rows: str, what: str) -> frozenset:
        return frozenset(value for (value,) in self.connection.execute(f"SELECT DISTINCT {what} FROM ({rows})").fetchall())

    def _is_made_again(self, item: sql.Relation) -> bool:
        return any(tables_of(self.connection, part) & self.again for part in item.parts)

    def _stands(self) -> str:
        """A condition on a fact of who is not wide: it is in a file that counts, and its row is not read again."""
        again, adding = (", ".join(f"'{name}'" for name in sorted(names)) or "''" for names in (self.again, self.change.adding))
        new = ", ".join(map(str, sorted(self.change.new_files))) or "-1"
        stands = f"(fact >> 36) IN (SELECT file_no FROM extract.file WHERE table_name NOT IN ({again}))"
        older = f"(fact >> 36) IN (SELECT file_no FROM extract.file WHERE table_name IN ({adding}) AND file_no NOT IN ({new}))"
        return f"({stands} OR {older} AND person NOT IN (SELECT person FROM redone))" if self.change.adding else stands

    def source(self, relation: str) -> str:
        """The table, or SELECT in parentheses, of what the served version knows of a relation, at least of the touched people."""
        if relation == "coded.event" and self.fell:
            return self.fell
        if self.looking and relation in LOOKED_FOR:
            return self.looking.source(relation)
        return f"{self.served}.{relation}" if relation.startswith("mart.") else kept.stood(relation, self.served)

    def _stood(self, relation: str) -> str:
        return f"{self.source(relation)} SEMI JOIN touched USING (person)"


def _either(one: str, other: str) -> str:
    """SELECT of the rows that only one of two SELECTs gives, or gives more often."""
    return f"""SELECT * EXCLUDE (side) FROM (SELECT *, 1 AS side FROM ({one}) UNION ALL BY NAME SELECT *, -1 AS side FROM ({other}))
               GROUP BY ALL HAVING sum(side) <> 0"""

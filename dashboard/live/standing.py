"""What a card said of the touched people still stands when all that it asks about them is what the served version knew: its rows are taken over,
not counted anew. Planning the statements of all cards takes seconds however few people are touched."""

from dashboard.build import kept

# Facts of people that every card reads; their events and details are compared by concept, in history.input.
OF_EVERY_CARD = ("coded.person", "coded.coverage")


def take_over(connection, served: str, wanted: list) -> list:
    """Fill evidence.* with the served rows of the cards whose input did not change; gives the others.

    wanted: (Compiled, id of its first rate). The tables touched and history.input are those of the people at hand.
    """
    if any(_differs(connection, served, relation) for relation in OF_EVERY_CARD):
        return wanted
    changed = _changed_concepts(connection, served)
    same = [(one, first_id) for one, first_id in wanted if not one.asked & changed]
    rates = [first_id + place for one, first_id in same for place in range(len(one.rates))]
    # What stands in result.measure_result gives itself again: of roles that beat each other only the winner is left there.
    for relation, stood in (("evidence.subject", "result.measure_result"), ("evidence.found", "evidence.found")):
        connection.execute(f"INSERT INTO {relation} BY NAME FROM {_stood(served, stood)} WHERE rate_id IN (SELECT unnest($rates))", {"rates": rates})
    return [pair for pair in wanted if pair not in same]


def _differs(connection, served: str, relation: str) -> bool:
    now, stood = f"SELECT {kept.PEOPLE[relation]} FROM {relation}", f"FROM {_stood(served, relation)}"
    return connection.execute(f"SELECT count(*) > 0 FROM (({now} EXCEPT ALL {stood}) UNION ALL ({stood} EXCEPT ALL {now}))").fetchone()[0]


def _changed_concepts(connection, served: str) -> frozenset[int]:
    found = connection.execute(f"""
        SELECT DISTINCT concept FROM history.input AS n FULL JOIN (FROM {_stood(served, 'history.input')}) AS s USING (person, concept)
        WHERE n.digest IS DISTINCT FROM s.digest""").fetchall()
    return frozenset(concept for (concept,) in found)


def _stood(served: str, relation: str) -> str:
    return f"{served}.kept.{kept.name_of(relation)} SEMI JOIN touched USING (person)"

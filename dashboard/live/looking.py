"""What is looked for in the served version while a pass reads the new files: people lie in thousands of places of it, and one core is idle then."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from functools import partial
from threading import Semaphore

from dashboard import settings
from dashboard.build import kept

LOOKED_FOR = ("evidence.found", "result.measure_result", "result.nearest_miss", "coded.event")  # the largest relations, in this order
SHARES = 4  # of people, whose events are looked for one after the other; of each all row groups are weighed (10 ms of a million members)


class Looking:
    """What the served version, attached as `served`, has of the people of the table `touched` in LOOKED_FOR: looked for once, on other threads,
    events share by share of the people, so that who leaves `touched` meanwhile is not looked for (from the table of events Standing then takes what
    fell). As a context it waits at the end."""

    def __init__(self, connection, served: str):
        self.connection, self.served, self.found = connection, served, {}
        self.pool, self.at_once = ThreadPoolExecutor(settings.threads()), Semaphore(1)

    def __enter__(self) -> "Looking":
        return self

    def __exit__(self, *_) -> None:
        self.hurry()
        self.pool.shutdown()

    def meanwhile(self, work: Callable) -> Callable:
        """Have work(cursor) done; gives what waits for it and gives what it gave."""
        def run():
            with self.at_once, closing(self.connection.cursor()) as cursor:
                return work(cursor)

        return self.pool.submit(run).result

    def begin(self) -> None:
        """Begin, since the table `touched` is there: with one thread, for there is other work."""
        work, size = self.connection.execute(f"SELECT current_database(), coalesce(max(person), 0) // {SHARES} + 1 FROM touched").fetchone()
        for relation in LOOKED_FOR:
            name, source = f"{work}.main.stood_{relation.partition('.')[2]}", kept.stood(relation, self.served)
            self.connection.execute(f"CREATE TABLE {name} AS FROM {source} LIMIT 0")
            among = ["TRUE"] if relation != "coded.event" else [f"person // {size} = {share}" for share in range(SHARES)]
            self.found[relation] = name, [self.meanwhile(partial(self._look, name, source, some)) for some in among]

    def _look(self, name: str, source: str, some: str, cursor) -> None:
        cursor.execute(f"INSERT INTO {name} FROM {source} SEMI JOIN (FROM touched WHERE {some}) USING (person)")

    def hurry(self) -> None:
        """Go on with all cores, since what is not found yet is waited for."""
        self.at_once.release(settings.threads())

    def source(self, relation: str) -> str:
        """The name of the table of what was found."""
        name, looking = self.found[relation]
        for done in looking:
            done()
        return name

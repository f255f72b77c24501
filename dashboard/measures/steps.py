"""How the statement of a variant is run: in one piece over many events, in steps over few, or where it is long.

One piece lets DuckDB read only what counts. Its planning takes longer the more expressions a statement has, though, seconds for the largest
cards whatever the number of people; over few events each expression becomes a table, made once for all variants that say the same.
"""

from __future__ import annotations

from dashboard.measures.compile import Compiled

FEW_EVENTS = 1_000_000
LONG = 100     # expressions: planning these in one piece takes longer than making each a table, even of ten million events
AT_ONCE = 16   # joins


class Steps:
    """Makes the table `counted` of one variant after the other; what they share is made once and dropped after its last use."""

    def __init__(self, connection, compiled: list[Compiled], few_events: int):
        """few_events: up to so many events in coded.event, expressions become tables."""
        self.connection = connection
        self.few = connection.execute("SELECT count(*) FROM coded.event").fetchone()[0] <= few_events
        self.last_use = {name: one for one in compiled for name in self._shared(one)}
        self.made: set[str] = set()

    def _shared(self, one: Compiled) -> dict[str, str]:
        """The tables that other variants may read too: an expression with a name of its own making says the same everywhere."""
        parts = {name: sql for name, sql in one.parts.items() if name.startswith("set_")} if self._in_steps(one) else {}
        return one.cached | parts

    def _in_steps(self, one: Compiled) -> bool:
        return self.few or len(one.parts) > LONG

    def count(self, one: Compiled) -> bool:
        """Make the temporary table `counted`; False when its initial populations are found empty before the rest is made."""
        self._make_once(one, one.cached)
        if not self._in_steps(one):
            self._make("counted", one.counted)
            return True
        self._make_once(one, {name: sql for name, sql in one.parts.items() if name in one.populating})
        self._make("subject", one.population)
        if not self.connection.execute("SELECT count(*) FROM subject").fetchone()[0]:
            return False
        self._make_once(one, {name: sql for name, sql in one.parts.items() if name not in one.populating})
        self._join(one)
        self._make("counted", one.last)
        return True

    def _make_once(self, one: Compiled, parts: dict[str, str]) -> None:
        for name, sql in parts.items():
            if name not in self.made:
                self._make(name, sql)
        self.made |= parts.keys() & self._shared(one).keys()

    def _join(self, one: Compiled) -> None:
        """Bring the leaves to the table `subject`, each as one column, some at a time: planning many joins takes more than its share."""
        for at in range(0, len(one.leaves), AT_ONCE):
            leaves, joins = one.leaves[at:at + AT_ONCE], one.joins[at:at + AT_ONCE]
            self._make("subject", f"SELECT s.*, {', '.join(leaf.name for leaf in leaves)} FROM subject AS s " + " ".join(joins))

    def _make(self, name: str, sql: str) -> None:
        self.connection.execute(f"CREATE OR REPLACE TEMP TABLE {name} AS {sql}")

    def done_with(self, one: Compiled) -> None:
        """Drop what no later variant reads."""
        for name in [name for name in self.made if self.last_use[name] is one]:
            self.connection.execute(f"DROP TABLE {name}")
            self.made.remove(name)
        self.connection.execute("DROP TABLE IF EXISTS counted")

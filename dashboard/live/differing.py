"""Of whom a relation says something else than the served version does: a pass makes and writes no more than that."""

from dashboard import parallel
from dashboard.build import kept, sql
from dashboard.live import standing
from dashboard.settings import QUERIES

OF_PLACES = {"valid.practitioner": "practitioner", "valid.location": "location"}
# Their rows go by file, and no other rows of a file that is known are ever read.
OF_FILES = {*kept.FILES, "valid.code", "extract.file", "extract.replaced_file"}
# What was imported or trained here: with any other the served version would not fit.
OF_CONTENT = {"extract.prediction", "extract.prediction_model"}
# What earlier months said, which only a backfill changes.
OF_PAST = {"history.past", "history.past_panel_set", "history.past_rule", "history.past_risk", "history.then_version", "history.then_rule",
           "history.then_contract"}
# Made again of all who are touched, of whom few come out otherwise: their rows are compared with those of the served version.
COMPARED = ("coded.attribute", "coded.answer", "coded.uncounted_claim", "coded.attribution", "coded.stay", "coded.hospital_bill", "evidence.found",
            "evidence.outside", "result.measure_result", "result.nearest_miss", "history.answer")
NOBODY, WIDE, TOUCHED = frozenset(), frozenset({"wide"}), frozenset({"touched"})


class Differing:
    """The relations that may differ from those served, and of whom; asked once results are made. past: whether the archive says of earlier months
    what it said."""

    def __init__(self, connection, stands: standing.Standing, past: bool, queries=QUERIES):
        self.connection, self.stands, self.past = connection, stands, past
        self.items = {item.full_name: item for layer in ("coded", "result", "history", "mart") for item in sql.relations(layer, queries)}
        self.known: dict[str, frozenset[str]] = {}
        self.compared = {"coded.event": stands.changed_event} | self._compare()

    def __contains__(self, relation: str) -> bool:
        return bool(self._of(relation))

    def people(self, *relations: str) -> str | None:
        """SELECT of those of whom any of these relations may have other rows, at most of the touched people; None where it is nobody."""
        found = frozenset().union(*map(self._of, relations))
        tables = ["touched"] if found >= TOUCHED else sorted(self.compared.get(name, name) for name in found)
        return " UNION ".join(f"SELECT person FROM {table}" for table in tables) or None

    def _of(self, relation: str) -> frozenset[str]:
        """The names of tables of people: `touched`, `wide`, or a relation that was compared."""
        if relation not in self.known:
            found = self._made_of(relation)
            self.known[relation] = found if self.stands.wide else found - WIDE
        return self.known[relation]

    def _made_of(self, relation: str) -> frozenset[str]:
        change, ground = self.stands.change, standing.OF_ROSTER | OF_PLACES
        if relation.startswith("reference.") or relation in OF_CONTENT:
            return NOBODY
        if relation in OF_FILES:
            return TOUCHED if change.files else NOBODY
        if relation in ground:
            stands = ground[relation] not in change.tables
            return (WIDE if relation in standing.OF_ROSTER else NOBODY) if stands else TOUCHED
        if relation in OF_PAST:
            return NOBODY if self.past else TOUCHED
        item = self.items.get(relation)
        if item and item.view and item.by_fact:  # some of the events, each by itself
            self.compared.setdefault(relation, f"({sql.over_events(item, self.compared['coded.event'])})")
        if relation in self.compared:
            return frozenset({relation}) if self._has_rows(relation) else NOBODY
        if relation.startswith("evidence."):
            return NOBODY if self.stands.evidence_stands else TOUCHED
        if relation in standing.TAKEN_OVER:
            return WIDE if self.stands.stands_of_narrow(relation) else TOUCHED
        return frozenset().union(*map(self._of, sql.reads(self.connection, item.text))) if item else TOUCHED

    def _has_rows(self, relation: str) -> bool:
        return self.connection.execute(f"SELECT 1 FROM {self.compared[relation]} LIMIT 1").fetchone() is not None

    def _compare(self) -> dict[str, str]:
        """Those of COMPARED that were made again -> the table of people of whom their rows differ."""
        made = [name for name in COMPARED if not ((name in standing.TAKEN_OVER and self.stands.is_as_served(name))
                                                  or (name.startswith(("evidence.", "result.")) and self.stands.evidence_stands))]

        def compare(cursor, relation: str) -> None:
            cursor.execute(f"CREATE TABLE differing_{kept.name_of(relation)} AS {self.stands.differing(relation)}")

        parallel.each(self.connection, compare, made)
        return {name: f"differing_{kept.name_of(name)}" for name in made}

"""Which relations say of everybody what the served version says, for nothing that they are made of changed: a pass neither asks nor writes them."""

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


class Unchanged:
    """The names of such relations; asked once evidence is made. past: whether the archive says of earlier months what it said."""

    def __init__(self, connection, stands: standing.Standing, past: bool, queries=QUERIES):
        self.connection, self.stands, self.past = connection, stands, past
        self.items = {item.full_name: item for layer in ("coded", "result", "history", "mart") for item in sql.relations(layer, queries)}
        self.known: dict[str, bool] = {}

    def __contains__(self, relation: str) -> bool:
        if relation not in self.known:
            self.known[relation] = self._stands(relation)
        return self.known[relation]

    def _stands(self, relation: str) -> bool:
        change, ground = self.stands.change, standing.OF_ROSTER | OF_PLACES
        if relation.startswith("reference.") or relation in OF_CONTENT:
            return True
        if relation in OF_FILES:
            return not change.files
        if relation in ground:
            return ground[relation] not in change.tables and not (relation in standing.OF_ROSTER and change.wide)
        if relation in OF_PAST:
            return self.past
        if relation.startswith("evidence."):
            return self.stands.evidence_stands
        if relation in standing.TAKEN_OVER or relation == "coded.answer":
            return self.stands.is_as_served(relation)
        item = self.items.get(relation)
        return item is not None and all(one in self for one in sql.reads(self.connection, item.text))

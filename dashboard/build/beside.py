"""What is made while cards are asked, whose small statements leave cores idle: what is marked `-- beside the cards`."""

import time
from collections.abc import Callable

from dashboard.build import pieces, sql
from dashboard.build.layers import rows_in, run_layer
from dashboard.build.progress import Progress

TARGET = "published"


class Beside:
    """Relations of `result`, and of a full build those of `mart` in the opened file that will be served. standing: of a refresh, see run_layers;
    more: what else is done, more(cursor, parameters)."""

    def __init__(self, progress: Progress, queries, standing=None, more: Callable | None = None):
        self.progress, self.queries, self.standing, self.more = progress, queries, standing, more
        self.layers = (("result", ""),) if standing else (("result", ""), ("mart", TARGET))  # with their catalogs
        self.in_pieces = {item: 0.0 for item in sql.relations("mart", queries) if item.beside and item.in_pieces and not standing}  # seconds

    def of_everybody(self, cursor, parameters: dict) -> None:
        """What is made at once."""
        whole = self.standing is None
        for layer, catalog in self.layers:
            run_layer(cursor, layer, parameters, self.progress, self.queries, catalog=catalog, views=whole, standing=self.standing, full=whole,
                      beside=True)
        if self.more:
            self.more(cursor, parameters)

    def of_range(self, cursor, parameters: dict, some: str) -> None:
        """What is made `-- in pieces`, of a range of people (see build.pieces) whose events the cards have at hand."""
        for item in self.in_pieces:
            began = time.monotonic()
            sql.add(cursor, item, parameters, TARGET, some, pieces.events_of(some))
            self.in_pieces[item] += time.monotonic() - began

    def done(self, cursor) -> None:
        """Tell what was made in pieces."""
        for item, seconds in self.in_pieces.items():
            rows = cursor.execute(f"SELECT count(*) FROM {TARGET}.{item.full_name}").fetchone()[0]
            self.progress.done(item.full_name, time.monotonic() - seconds, rows_in(cursor, item, self.progress), rows)

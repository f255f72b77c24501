"""The layers in their order, each relation once: what build, evaluate and tests share."""

import time
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack, closing, nullcontext
from datetime import date, datetime
from functools import partial
from pathlib import Path

from dashboard import database, parallel, settings
from dashboard.build import pieces, sql
from dashboard.build.progress import Progress
from dashboard.settings import QUERIES

LAYERS = ("extract", "valid", "coded", "evidence", "result")
UNEVEN = ("result", "history")  # one or two relations take longer than all the others: the last may have all cores
FOR_EVER = datetime(9999, 12, 31)


def layer_parameters(as_of: date, clock: str = "written", known_at: datetime = FOR_EVER, period: tuple[date, date] | None = None) -> dict:
    """The $parameters that a query may name.

    as_of: last service day that counts; known_at: last moment of receipt that counts; clock: 'written' counts by the local day as
    written, 'utc' by the UTC day; period: first and last day, the calendar year of as_of unless given.
    """
    start, end = period or (date(as_of.year, 1, 1), date(as_of.year, 12, 31))
    return {"as_of": as_of, "period_start": start, "period_end": end, "clock": clock, "known_at": known_at}


def run_layer(connection, layer: str, parameters: dict, progress: Progress | None = None, queries: Path = QUERIES,
              catalog: str = "", views: bool = True, standing=None, full: bool = True, beside: bool | None = None) -> None:
    """Make every relation of queries/<layer>/, in an attached database when `catalog` names one; what they read must be committed.

    standing: see run_layers. full: those marked `-- at full builds`, too. beside: only those marked `-- beside the cards`, less what is made in
    pieces, or only the others.
    """
    def make(item: sql.Relation) -> None:
        with closing(connection.cursor()) as cursor:
            for name in sql.reads(cursor, item.text) if layer in ("extract", "history") else ():
                if name in made:  # looked up one by one: others are still being added
                    made[name].result()
            began = time.monotonic()
            create = standing.make if standing else partial(sql.create, threads=settings.threads())
            rows = create(cursor, item, parameters, catalog, views)
            if progress:
                progress.done(item.full_name, began, rows_in(cursor, item, progress), rows)

    # Relations of a layer do not read each other, but for those of `extract` and `history`, which wait for earlier ones that they read.
    # What one core plans, sorts or packs for one relation leaves the other core to the next; the longest first, or it would end alone.
    layer_began, made = time.monotonic(), {}
    items = [item for item in sql.relations(layer, queries) if (full or item.kind != sql.FULL) and beside in (None, item.beside)
             and not (beside and item.in_pieces) and not (item.view and item.kind == sql.PER_FILE)]
    cores = database.all_cores(connection) if layer in UNEVEN and not (beside or standing) else nullcontext()
    with cores, ThreadPoolExecutor(settings.threads()) as pool:
        for item in sorted(items, key=lambda item: not item.long):
            made[item.full_name] = pool.submit(make, item)
    list(map(Future.result, made.values()))
    if progress and not beside:
        progress.done(layer, layer_began)


def rows_in(connection, item: sql.Relation, progress: Progress) -> int:
    """Rows that a query reads: those of its namesake in an earlier layer, else of all relations that it reads."""
    read = sql.reads(connection, item.text)
    namesakes = {name for name in read if name.partition(".")[2] == item.name}
    return sum(progress.rows(name) or 0 for name in namesakes or read)


def run_layers(connection, as_of: date, clock: str = "written", *, cards=None, layers=LAYERS, known_at: datetime = FOR_EVER,
               period: tuple[date, date] | None = None, measures=None, everyone: bool = False, progress: Progress | None = None,
               queries: Path = QUERIES, views: bool = True, cohorts: bool = False, standing=None, full: bool = False,
               beside=None) -> dict:
    """Run layers over the views of `extract` and the tables of `reference`; gives the parameters that they ran with.

    cards: what dashboard.measures.load_cards gives; without cards the layer evidence is left out. measures: ids of measures
    or names of variants, all unless given. everyone: see run_cards. cohorts: events of what cohorts ask about, too.
    standing: what a refresh takes over of a published version (dashboard.live.standing.Standing); it makes relations in place of sql.create,
    narrows down of whom, and fills evidence where cards are not counted anew. full: relations that only a full build makes, too.
    beside: what is made while cards are asked (dashboard.build.beside.Beside), also of `result`.
    """
    parameters = layer_parameters(as_of, clock, known_at, period)
    compiled = None if cards is None else _ask(connection, cards, parameters, measures, everyone, cohorts)
    with ExitStack() as until_done:
        for layer in layers:
            if layer == "coded" and standing:
                standing.narrow_down(parameters, views)
            if layer == "evidence":
                until_done.enter_context(parallel.meanwhile(connection, beside and beside.of_everybody, parameters))
                of_range = beside and partial(beside.of_range, parameters=parameters)
            if layer == "evidence" and cards is not None:
                run_evidence(connection, cards, compiled, parameters, progress or Progress(), everyone, standing, of_range)
            elif layer == "evidence" and of_range:
                of_range(connection, some=pieces.EVERYBODY)
            elif layer != "evidence":
                run_layer(connection, layer, parameters, progress, queries, views=views, standing=standing, full=full,
                          beside=False if beside and layer == "result" else None)
    return parameters


def _ask(connection, cards, parameters: dict, measures, everyone: bool, cohorts: bool) -> list:
    """The cards as SQL, after `coded` was told what they, and cohorts, ask about."""
    from dashboard.measures import ask_concepts, compile_cards
    from dashboard.reference.load import ask_for_cohorts
    period = parameters["period_start"], parameters["period_end"]
    compiled = compile_cards(cards, *period, measures, parameters["as_of"])
    # A build of some measures still knows all that is known of people: when somebody was last seen hangs on no choice of measures.
    every = compiled if everyone or not measures else compile_cards(cards, *period)
    ask_concepts(connection, every, everyone)
    if cohorts:
        ask_for_cohorts(connection)
    return compiled


def run_evidence(connection, cards, compiled, parameters: dict, progress: Progress, everyone: bool = False, standing=None, meanwhile=None) -> None:
    """The layer that cards make instead of files. standing, meanwhile: see run_cards."""
    from dashboard.measures import run_cards
    began = time.monotonic()
    run_cards(connection, cards, compiled, parameters["period_start"], parameters["period_end"], everyone=everyone, standing=standing,
              threads=settings.threads(), meanwhile=meanwhile)
    for name in ("evidence.subject", "evidence.found", "evidence.outside"):
        rows = connection.execute(f"SELECT count(*) FROM {name}").fetchone()[0]
        progress.done(name, began, progress.rows("coded.event"), rows)
    progress.done("evidence", began)

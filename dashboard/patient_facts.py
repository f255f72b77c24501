"""What a patient's page shows, put together from plain readings of single relations (but for the history: queries/page/README.md).

DuckDB takes milliseconds to plan a join of small tables and tenths of one to read a person's rows; these questions are new for every patient, so
what would be joined (names of rates, clauses, concepts, files) is looked up here, in answers that are kept for as long as a version is served.
"""

from collections import defaultdict, namedtuple
from datetime import date
from typing import NamedTuple

from dashboard.access import Viewer
from dashboard.cohorts.facts import conditions
from dashboard.components.concepts import names_a_condition
from dashboard.patient_files import NO_FILE, files_of, row_of
from dashboard.queries import answers_wait, ask, ask_one, current_year, kept_of_version

LATE = date.max
WHAT = ("drug", "result", "immunization", "visit", "service")  # what several concepts of one fact call it: the first of these


class Step(NamedTuple):
    """A clause of a gap's rate, with one fact found for it or its nearest miss; without either, the clause alone."""
    measure_id: str
    unit: int
    rate_id: int
    title: str
    better: str
    status: str
    clause: int
    role: str
    text: str
    codes: list | None
    counts_days: bool
    met: bool
    on_date: date | None = None
    value: float | None = None
    why: str | None = None
    data_source: str | None = None
    file_name: str | None = None
    row_number: int | None = None
    is_supply: bool = False
    covered: float | None = None  # share of days, and how large it must be, where the clause asks for one
    needed: float | None = None


class Concept(NamedTuple):
    """place: among all concepts, the narrowest first. shares: the concepts that one code can mean together with this one. condition: whether it can
    name one."""
    place: int
    title: str
    shares: frozenset[int]
    condition: bool


class Known(NamedTuple):
    """A fact of the history, named by the narrowest of its concepts."""
    what: str
    on_date: date
    end_date: date | None
    title: str
    value: float | None
    unit: str | None
    data_source: str | None
    file_name: str | None
    row_number: int | None


def header(viewer: Viewer, person: int):
    """The row of `patient`, and clinician_name; None when the person is not the viewer's."""
    row = min(ask("patient", viewer, person=person), key=lambda row: row.attributed_since or LATE, default=None)  # of several panels the first
    names = ask("clinician_names", viewer, clinicians=[row.clinician_npi]) if row and row.clinician_npi else []
    return row and _more(row, clinician_name=names[0].name if names else None)


def visits_of_day(viewer: Viewer, day: date) -> list:
    """The rows of `today_visits`. Nobody is new here of whom the patient's page has something to tell."""
    return [row._replace(new_here=not history(viewer, row.person)) if row.new_here else row for row in ask("today_visits", viewer, day=day)]


def gaps(viewer: Viewer, person: int, sensitive: bool = False) -> list:
    """The gaps of the year, most pressing first: the row of `patient_gaps` as answers given since the version was built leave it, with the action,
    why and variant of the rate that speaks, and the plans that count it."""
    rows = ask("patient_gaps", viewer, person=person, year=current_year(), sensitive=sensitive)
    answered = _waiting(viewer, person)
    rates, plans = _rates(viewer), {row.contract: row.name for row in ask("contracts", viewer)}
    told = [_told(row, answered, rates[row.rate_id], plans) for row in rows]
    return sorted(told, key=lambda row: (row.standing > 2, row.standing > 3, *pressing(row)))


def pressing(row) -> tuple:
    """What gaps are ordered by: clinical harm, then the last day to close, then the name."""
    return row.harm, row.last_day or LATE, row.title, row.unit_date or LATE


def _waiting(viewer: Viewer, person: int) -> dict:
    """Whether it is answered, of what was answered since the version was built: by (measure or prompt, period, unit)."""
    return {(row.measure_id, row.period, row.unit): row.answered for row in ask("patient_answers", viewer, person=person)} if answers_wait() else {}


def _told(row, answered: dict, rate, plans: dict):
    status, standing = row.status, row.standing
    key = row.measure_id, row.period, row.unit
    if key in answered:
        holds = answered[key] and row.counted_standing <= 3
        status, standing = ("answered", 9) if holds else (row.counted_status, row.counted_standing)
    names = sorted({plans[one["contract"]] for one in row.rates if one["contract"] in plans})
    row = row._replace(status=status, standing=standing)
    return _more(row, action=rate.action, why=rate.why, variant=rate.variant, plans=", ".join(names) or None)


def steps(viewer: Viewer, person: int, listed: list) -> list[Step]:
    """Every clause of the listed gaps (rows of `gaps`) in the card's order, with each fact found for it or its nearest miss, newest first.
    Where several contracts count the same rate, the contract whose answer is the most pressing speaks."""
    if not listed:
        return []
    found, rates, clauses = defaultdict(list), _rates(viewer), _clauses(viewer)
    facts = ask("patient_steps", viewer, person=person, year=current_year())
    files = files_of(viewer)
    for row in sorted(facts, key=lambda row: row.on_date or date.min, reverse=True):
        found[row.rate_id, row.unit, row.contract, row.clause].append(row)
    told = []
    for gap in sorted(listed, key=lambda row: (row.measure_id, row.unit)):
        for rate in _speaking(gap.rates):
            for clause in clauses[rate["rate_id"]]:
                of_clause = found.get((rate["rate_id"], gap.unit, rate["contract"], clause.clause), (None,))
                told += [_step(gap, rate, rates[rate["rate_id"]], clause, fact, files) for fact in of_clause]
    return told


def _speaking(rates: list[dict]) -> list[dict]:
    most = {}
    for rate in sorted(rates, key=lambda rate: (rate["rate_id"], rate["standing"], rate["contract"])):
        most.setdefault(rate["rate_id"], rate)
    return list(most.values())


def _step(gap, rate: dict, name, clause, fact, files) -> Step:
    plain = (gap.measure_id, gap.unit, rate["rate_id"], name.title, name.better, rate["status"], clause.clause, clause.role, clause.text,
             clause.codes, clause.counts_days, (rate["met"] >> (clause.clause - 1)) & 1 == 1)
    shares = {"covered": rate["share"], "needed": clause.days_share} if clause.days_share and rate["share"] is not None else {}
    if fact is None:
        return Step(*plain, **shares)
    file_no, row = (None, None) if fact.fact is None else (fact.fact >> 36, row_of(fact.fact))
    return Step(*plain, fact.on_date, fact.value, fact.why, *files.get(file_no, NO_FILE), row, file_no in files.of_drugs, **shares)


def history(viewer: Viewer, person: int, sensitive: bool = False) -> list[Known]:
    """Each fact once, newest first; what arrives from the record and from a claim is one. A condition that no value set names is told by the Charlson
    index, where that knows it."""
    rows = ask("patient_history", viewer, person=person, sensitive=sensitive)
    concepts = kept_of_version("concepts by place", lambda: {
        row.concept: Concept(place, row.title, frozenset(row.shares), names_a_condition(row.title))
        for place, row in enumerate(ask("concepts", viewer))})
    named, files = named_once(rows, concepts), files_of(viewer)
    told = [Known(what, on_date, end_date, title, value, unit, *files.get(fact >> 36, NO_FILE), row_of(fact))
            for (what, on_date, title, value), (end_date, fact, unit) in named.items()]
    told += [Known("condition", row.on_date, None, row.title, None, None, *files.get(row.file_no, NO_FILE), row.row_number)
             for row in ask("patient_comorbidities", viewer, person=person, sensitive=sensitive)
             if not any(concept in concepts and concepts[concept].condition for concept in row.concepts)]
    told.sort(key=lambda row: (row.what, row.title, row.value or 0, row.unit or "", row.end_date or LATE))
    return sorted(told, key=lambda row: row.on_date, reverse=True)


def named_once(rows: list, concepts: dict[int, Concept]) -> dict:
    """(what, day, title, value) -> (last day, fact, unit) of what was found by that name, of a condition its last mention."""
    last = {row.concept: row for row in sorted(rows, key=lambda row: (row.on_date, row.fact)) if row.what == "condition"}
    whole = defaultdict(list)
    for row in (*(row for row in rows if row.what != "condition"), *last.values()):
        if row.concept in concepts and (row.what != "condition" or concepts[row.concept].condition):
            # A condition or stay is told of by its last day, all else by its first.
            whole[row.fact, row.what if row.what in ("condition", "stay") else None].append(row)
    told = {}
    for (fact, lasting), same in whole.items():
        for one in _diagnoses(same, concepts) if lasting == "condition" else [same]:
            _tell(told, fact, lasting, one, concepts)
    return told


def _tell(told: dict, fact: int, lasting: str | None, same: list, concepts: dict[int, Concept]) -> None:
    title, day, end_date, what, value, unit = _one(same[0], concepts) if len(same) == 1 else _several(same, lasting, concepts)
    if lasting:
        what, value, unit = lasting, None, None
    _join(told, (what, day, title, value), end_date, fact, unit)


def _one(row, concepts: dict[int, Concept]) -> tuple:
    return concepts[row.concept].title, row.on_date, row.end_date, row.what, row.value, row.unit


def _several(same: list, lasting: str | None, concepts: dict[int, Concept]) -> tuple:
    return (min(concepts[row.concept] for row in same).title, (max if lasting else min)(row.on_date for row in same),
            _last(row.end_date for row in same), lasting or min((row.what for row in same), key=WHAT.index),
            _first(row.value for row in same), _first(row.unit for row in same))


def _diagnoses(rows: list, concepts: dict[int, Concept]) -> list[list]:
    """The rows of one fact, a diagnosis each: a claim line names several. What shares no code with a narrower one is another diagnosis."""
    told, left = [], sorted(rows, key=lambda row: concepts[row.concept])
    while left:
        shares = concepts[left[0].concept].shares
        told.append([row for row in left if row.concept in shares])
        left = [row for row in left if row.concept not in shares]
    return told


def _join(told: dict, key: tuple, end_date, fact: int, unit) -> None:
    known = told.get(key)
    if known is None:
        told[key] = end_date, fact, unit
    else:
        told[key] = _last((known[0], end_date)), min(known[1], fact), _first((known[2], unit))


def _first(values):
    return next((value for value in values if value is not None), None)


def _last(days):
    return max((day for day in days if day is not None), default=None)


def risk(viewer: Viewer, person: int, sensitive: bool = False) -> tuple | None:
    """The row of `patient_risk`, those of what its score is made of, of which diagnoses count, of what to look at and of what was said earlier, and
    what factors are called, and (title, last day) of each chronic condition; None for who was never seen. Only people with Medicare have scores
    and prompts."""
    shown = {"person": person, "sensitive": sensitive}
    row = ask_one("patient_risk", viewer, **shown)
    if row is None:
        return None
    scored = [_of_score(viewer, name, order, shown) if row.is_medicare else [] for name, order in OF_SCORE.items()]
    scored[-1] = _prompts(viewer, person, scored[-1])
    return row, *scored, ask("patient_risk_history", viewer, **shown), _factor_names(viewer), _chronic(viewer, person)


def _chronic(viewer: Viewer, person: int) -> list[tuple]:
    told = sorted(ask("patient_conditions", viewer, person=person), key=lambda row: (-row.on_date.toordinal(), row.fact))
    return [(conditions()[row.fact], row.on_date) for row in told if row.fact in conditions()]


def _prompts(viewer: Viewer, person: int, rows: list) -> list:
    """Prompts as answers given since the version was built leave them."""
    waiting, year = _waiting(viewer, person) if rows else {}, current_year()
    return [row._replace(answered=waiting.get((row.prompt, year, 0), row.answered)) for row in rows]


def _of_score(viewer: Viewer, name: str, order, shown: dict) -> list:
    """The rows of a question in an order, with the file that each comes from."""
    told, files = [], files_of(viewer)
    for row in ask(name, viewer, **shown):
        source, file = files.get(row.file_no, NO_FILE)
        told.append(_more(row, data_source=source, file_name=file))
    return sorted(told, key=order)


# What a score is made of, greatest first; which diagnoses it counts; what to look at.
OF_SCORE = {
    "patient_risk_factors": lambda row: (row.is_condition, -max(row.now or 0, row.before or 0), row.factor),
    "patient_risk_diagnoses": lambda row: (not row.counts, row.label, row.code),
    "patient_risk_prompts": lambda row: (row.kind, row.title),
}


def _factor_names(viewer: Viewer) -> dict[tuple[str, str], str]:
    return kept_of_version("factors by name", lambda: {(row.release, row.factor): row.label for row in ask("factor_names", viewer)})


def _rates(viewer: Viewer) -> dict:
    return kept_of_version("rates by id", lambda: {row.rate_id: row for row in ask("rate_names", viewer)})


def _clauses(viewer: Viewer) -> dict[int, list]:
    def of_rates() -> dict:
        found = defaultdict(list)
        for row in ask("clauses", viewer):
            found[row.rate_id].append(row)
        return dict(found)
    return kept_of_version("clauses by rate", of_rates)


def predictions(viewer: Viewer, person: int) -> list:
    """The rows of `patient_prediction`; nobody has any where no model is in use."""
    return ask("patient_prediction", viewer, person=person) if any(not row.reason for row in ask("prediction_models", viewer)) else []


def _more(row, **values):
    """The row with more columns."""
    return _wider(type(row), tuple(values))(*row, *values.values())


_WIDER: dict[tuple, type] = {}


def _wider(kind: type, added: tuple[str, ...]) -> type:
    if (kind, added) not in _WIDER:
        _WIDER[kind, added] = namedtuple(kind.__name__, (*kind._fields, *added))
    return _WIDER[kind, added]

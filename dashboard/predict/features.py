"""The features as data (data/reference/predict/feature.csv) and as a matrix (queries/predict)."""

import csv
from dataclasses import dataclass, field
from functools import cache

import numpy

from dashboard.build import sql
from dashboard.errors import Fault
from dashboard.settings import DATA, QUERIES

FILE = DATA / "reference" / "predict" / "feature.csv"
KINDS = ("use", "diagnosis", "drug", "reading")
# Known of everybody: age bends at 65 (65 is where most of Medicare begins; our choice), sex as one column.
PERSONAL = {"age": "age", "age_over_65": "years of age over 65", "female": "sex"}
OUTCOMES = {"admission": "inpatient admission", "emergency": "emergency visit"}
OWN = ("delivery", "emergency_department_evaluation_and_management_visit", "outpatient_em")  # concepts that the queries themselves name
SUBGROUPS = {"race": "Race", "ethnicity": "Ethnicity", "language": "Language", "product_line": "Product line", "age_band": "Age", "sex": "Sex"}


@dataclass(frozen=True)
class Feature:
    """A row of the file: counts of use enter as ln(1 + count), all others as 0 or 1."""
    name: str
    title: str
    kind: str
    concepts: tuple[str, ...]
    low: float | None
    high: float | None


@cache
def features() -> tuple[Feature, ...]:
    """All features in the order of the file; Fault for a kind that nothing counts."""
    with FILE.open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    for place, row in enumerate(rows, 2):
        if row["kind"] not in KINDS:
            raise Fault(f"{FILE.name}, line {place}", f"no kind {row['kind']!r}.", f"Kinds: {', '.join(KINDS)}.")
    return tuple(Feature(row["feature"], row["title"], row["kind"], tuple(filter(None, row["concepts"].split("+"))),
                         *(float(row[bound]) if row[bound] else None for bound in ("low", "high"))) for row in rows)


def concepts() -> set[str]:
    """Every concept that the features and the queries name."""
    return {name for feature in features() for name in feature.concepts} | set(OWN)


@cache
def sensitive() -> frozenset[str]:
    """Features about a sensitive service (data/reference/sensitive.csv): they may teach, and are never shown for a person."""
    with (DATA / "reference" / "sensitive.csv").open(newline="", encoding="utf-8") as file:
        listed = {row["name"] for row in csv.DictReader(line for line in file if not line.startswith("#")) if row["kind"] == "concept"}
    return frozenset(feature.name for feature in features() if listed.intersection(feature.concepts))


def titles() -> dict[str, str]:
    """Feature -> what it is called."""
    return PERSONAL | {feature.name: feature.title for feature in features()}


@dataclass
class Table:
    """One row a person: `columns` names those of `values` (people x features); `outcomes` has 0 and 1, where the year after is known."""
    people: numpy.ndarray
    columns: tuple[str, ...]
    values: numpy.ndarray
    subgroups: dict[str, list]
    outcomes: dict[str, numpy.ndarray] = field(default_factory=dict)
    unknown: int = 0  # adults covered on the index day, but too short a time before it

    def only(self, chosen) -> "Table":
        """The rows where `chosen` is true."""
        return Table(self.people[chosen], self.columns, self.values[chosen], {name: [v for v, c in zip(values, chosen, strict=True) if c]
                     for name, values in self.subgroups.items()}, {name: y[chosen] for name, y in self.outcomes.items()}, self.unknown)


def read_table(connection, days: dict, outcomes: bool) -> Table:
    """The adults of an index day with their features, by queries/predict over coded.*; with `outcomes` those whose year after is known."""
    rows = _rows(connection, "person", days)
    known = [row for row in rows if row["known_long_enough"]]
    people = numpy.array([row["person"] for row in known], dtype=numpy.int64)
    columns = (*PERSONAL, *(feature.name for feature in features()))
    values = numpy.zeros((len(known), len(columns)))
    age = numpy.array([row["age"] for row in known], float)
    values[:, :3] = numpy.column_stack([age, numpy.maximum(0, age - 65), [row["sex"] == "female" for row in known]]) if known else values[:, :3]
    _fill(connection, days, people, columns, values)
    table = Table(people, columns, values, {name: [row[name] for row in known] for name in SUBGROUPS}, unknown=len(rows) - len(known))
    return _with_outcomes(connection, days, table) if outcomes else table


def _fill(connection, days, people, columns, values) -> None:
    """Write the features that queries/predict/feature gives into the matrix."""
    wanted = [{"feature": f.name, "kind": f.kind, "concept": concept, "low": f.low, "high": f.high}
              for f in features() for concept in f.concepts or ("",)]
    counted = {feature.name for feature in features() if feature.kind == "use"}
    place = {name: number for number, name in enumerate(columns)}
    sql.query(connection, QUERIES / "predict" / "feature", {**days, **_by_column(wanted)})
    found = connection.fetchnumpy()
    rows = numpy.searchsorted(people, found["person"])
    here = (rows < len(people)) & (people[numpy.minimum(rows, len(people) - 1)] == found["person"]) if len(people) else numpy.zeros(len(rows), bool)
    names = numpy.asarray(found["feature"])[here]
    value = numpy.asarray(found["value"], float)[here]
    value = numpy.where(numpy.isin(names, sorted(counted)), numpy.log1p(value), value)
    values[rows[here], [place[name] for name in names]] = value


def _by_column(wanted: list[dict]) -> dict[str, list]:
    """Column by column: a list of structs would take its types from its first entry."""
    return {name: [row[name] for row in wanted] for name in ("feature", "kind", "concept", "low", "high")}


def _with_outcomes(connection, days, table: Table) -> Table:
    """The people whose year after the index is known, with what happened in it."""
    happened = {row["person"]: row for row in _rows(connection, "outcome", days)}
    kept = table.only(numpy.array([person in happened for person in table.people.tolist()], bool))
    kept.outcomes = {name: numpy.array([happened[person][name] for person in kept.people.tolist()], dtype=numpy.int64) for name in OUTCOMES}
    return kept


def _rows(connection, name: str, parameters: dict) -> list[dict]:
    sql.query(connection, QUERIES / "predict" / f"{name}.sql", parameters)
    columns = [column[0] for column in connection.description]
    return [dict(zip(columns, row, strict=True)) for row in connection.fetchall()]


def first_day(connection, as_of):
    """The day from which visits are on file, None where there are none."""
    return _rows(connection, "first_month", {"as_of": as_of})[0]["first_day"]

"""How far a viewer sees, as panels; and which groups, practices and clinicians of it the scope picker offers."""

from dataclasses import dataclass
from itertools import groupby

from dashboard.access.selection import Selection

_KEY = {"group": "group_id", "practice": "practice_id", "panel": "panel"}


@dataclass(frozen=True)
class Place:
    """A group, practice or panel that the viewer sees whole."""
    kind: str
    value: str
    name: str
    group_id: str | None
    practice_id: str | None

    @property
    def scope(self) -> str:
        """As it stands in the query string."""
        return f"{self.kind}:{self.value}"


class Reach:
    """rows: of the page query panels_in_scope."""

    def __init__(self, rows: list):
        self.panels = [row.panel for row in rows if row.reached]
        self.places = [place for kind in _KEY for place in _whole(rows, kind)]
        self._panels_of = {(kind, str(value)): [row.panel for row in kept] for kind, column in _KEY.items()
                           for value, kept in _grouped(rows, column)}
        self._place = {(place.kind, place.value): place for place in self.places}

    def place(self, selection: Selection) -> Place | None:
        """The place that a selection names, if the viewer sees all of it."""
        return self._place.get((selection.kind, selection.value))

    def shown(self, selection: Selection) -> list[int]:
        """The panels of a selection: nobody's when the viewer does not see all of what it names."""
        if not selection.kind:
            return self.panels
        return self._panels_of[selection.kind, selection.value] if self.place(selection) else []

    def choices(self, kind: str, within: Place | None = None) -> list[Place]:
        """Places of a kind, of all or within a group or practice."""
        return [place for place in self.places if place.kind == kind
                and (within is None or getattr(place, f"{within.kind}_id", None) == within.value)]


def _grouped(rows: list, column: str) -> list[tuple]:
    kept = sorted((row for row in rows if getattr(row, column) is not None), key=lambda row: str(getattr(row, column)))
    return [(value, list(group)) for value, group in groupby(kept, key=lambda row: getattr(row, column))]


def _whole(rows: list, kind: str) -> list[Place]:
    """Places all of whose panels are reached: a name on screen must stand for all of what it names."""
    places = [_place(kind, value, kept) for value, kept in _grouped(rows, _KEY[kind]) if all(row.reached for row in kept)]
    return sorted((place for place in places if place.name), key=lambda place: place.name)


def _place(kind: str, value, rows: list) -> Place:
    row = rows[0]
    name = {"group": row.group_name, "practice": row.practice_name, "panel": row.name or row.clinician_npi}[kind]
    return Place(kind, str(value), name or "", row.group_id, row.practice_id if kind != "group" else None)

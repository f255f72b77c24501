"""Places of roll-ups (groups, practices, clinicians) with the names that a viewer may see."""

from typing import NamedTuple


class NamedPlace(NamedTuple):
    """A place with its counts of one rate; `better` as the rate's."""

    place: str
    name: str
    group_name: str
    denominator: int
    closed: int
    open_people: int
    likely_people: int
    better: str


def named_places(rows: list, better: str, clinicians: dict[str, str] | None = None) -> list[NamedPlace]:
    """rows: of the page query `places`; clinicians: names by panel, of those who may be named. The others are told apart by a number within
    their practice, the same on every screen of a version."""
    found = []
    for row in rows:
        name = (clinicians or {}).get(row.place)
        if name is None:
            name = row.practice_name or row.group_name or "Nobody's patients"
            name = f"Clinician {row.clinician_no}, {name}" if clinicians is not None else name
        found.append(NamedPlace(row.place, name, row.group_name or "", row.denominator, row.closed, row.open_people, row.likely_people, better))
    return found

"""Cohorts by name: those that everybody has, and those that users keep and share."""

from dataclasses import dataclass
from functools import cache

from sqlalchemy import or_, select

from dashboard.access import rules
from dashboard.access.viewer import Viewer
from dashboard.cohorts import words
from dashboard.errors import Fault
from dashboard.house import house
from dashboard.settings import DATA
from dashboard.state.models import Cohort, utc_now
from dashboard.yaml_file import read_yaml

READY = DATA / "reference" / "cohort.yaml"
LONGEST_NAME, MOST_KEPT = 60, 50


@dataclass(frozen=True)
class Named:
    """A cohort by its id in addresses. own: the viewer may change it. roles: who is offered it. source: where the words
    of a ready-made one come from."""
    id: str
    title: str
    who: str
    source: str = ""
    own: bool = False
    shared: bool = False
    by: str = ""
    roles: frozenset[str] = rules.PEOPLE


@cache
def ready() -> tuple[Named, ...]:
    """The cohorts of ready.yaml; Fault where one has a word that the catalogue lacks."""
    return tuple(Named(row["id"], row["title"], words.write(words.read(row["who"])), row["source"],
                       roles=frozenset(row.get("for", rules.PEOPLE))) for row in read_yaml(READY))


def all_for(viewer: Viewer) -> list[Named]:
    """Ready-made ones first, then the viewer's own and those that others share, by name."""
    with house().store.begin() as session:
        kept = session.scalars(select(Cohort).where(Cohort.removed_at.is_(None), or_(Cohort.user_id == viewer.user_id, Cohort.shared))
                               .order_by(Cohort.name, Cohort.id)).all()
    own = [Named(str(one.id), one.name, one.who, own=one.user_id == viewer.user_id, shared=one.shared, by=one.username) for one in kept]
    return [*(one for one in ready() if viewer.role in one.roles), *own]


def find(viewer: Viewer, identity: str) -> Named | None:
    """The cohort of this id that the viewer may use."""
    return next((one for one in all_for(viewer) if one.id == identity), None)


def keep(viewer: Viewer, name: str, who: str, shared: bool) -> str:
    """Keep a cohort of the viewer; gives its id. Fault for no name, no line, too many."""
    lines, name = words.read(who), name.strip()[:LONGEST_NAME]
    if not name or not lines:
        raise Fault("cohort", "a cohort needs a name and at least one line.")
    with house().store.begin() as session:
        own = session.scalars(select(Cohort.id).where(Cohort.removed_at.is_(None), Cohort.user_id == viewer.user_id)).all()
        if len(own) >= MOST_KEPT:
            raise Fault("cohort", f"you keep {MOST_KEPT} cohorts already.", "Remove one first.")
        cohort = Cohort(user_id=viewer.user_id, username=viewer.username, name=name, who=words.write(lines), shared=shared)
        session.add(cohort)
        session.flush()
        return str(cohort.id)


def change(viewer: Viewer, identity: str, *, shared: bool | None = None, removed: bool = False) -> bool:
    """Share, stop sharing or remove a cohort; False where it is not the viewer's."""
    with house().store.begin() as session:
        cohort = session.get(Cohort, int(identity)) if identity.isascii() and identity.isdigit() and len(identity) < 10 else None
        if cohort is None or cohort.user_id != viewer.user_id or cohort.removed_at is not None:
            return False
        if shared is not None:
            cohort.shared = shared
        if removed:
            cohort.removed_at = utc_now()
    return True

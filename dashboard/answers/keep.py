"""Answers in the state database: who said what of which gap or prompt, when. A row is never changed; the newest row of a gap is what holds."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import Row, bindparam, func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import aliased

from dashboard.access.viewer import Viewer
from dashboard.answers.kinds import UNDONE, kinds, settles
from dashboard.state import Store
from dashboard.state.models import Answer, Supplement, utc_now

UNDO_WITHIN = timedelta(minutes=10)
DISPUTES = ("not_mine", "data_wrong")


class Gap(NamedTuple):
    """What an answer is about. Of a documentation prompt its name stands for the measure (mart.risk_prompt), and its unit is 0."""
    measure_id: str
    person: int
    period: int
    unit: int


@dataclass(frozen=True)
class Said:
    """An answer to be kept. follows: the newest answer that its writer saw (0: none). proposed: waits for one who may decide.

    known: the evidence that the writer saw (queries/page/gap_evidence.sql). supplement: fields of state.models.Supplement, for "done".
    """
    kind: str
    reason: str = ""
    note: str = ""
    follows: int = 0
    proposed: bool = False
    known: tuple[str, ...] = ()
    supplement: dict | None = None


class Taken(Exception):
    """The gap's newest answer is another than its writer saw; `newest` is that answer (None: there is none)."""

    def __init__(self, newest: Answer | None):
        super().__init__("somebody answered first")
        self.newest = newest


class TooLate(Exception):
    """An answer that can no longer be undone: older than ten minutes, changed since, or somebody else's."""


def gap_of(row: Answer) -> Gap:
    """The gap that a row speaks of."""
    return Gap(row.measure_id, row.person, row.period, row.unit)


def holds(row: Answer | None) -> bool:
    """Whether a gap's newest row answers it."""
    return row is not None and settles(row.kind, row.proposed)


def give(store: Store, viewer: Viewer, gap: Gap, said: Said, now: datetime | None = None) -> Answer:
    """Keep an answer. Taken when the gap has a newer answer than the one that the writer saw."""
    remark = kinds()[said.kind, said.reason].remark if (said.kind, said.reason) in kinds() else ""
    row = Answer(at=now or utc_now(), user_id=viewer.user_id, username=viewer.username, display_name=viewer.display_name, role=viewer.role,
                 kind=said.kind, reason=said.reason, note=said.note, remark=remark, proposed=said.proposed, known=list(said.known),
                 follows=said.follows, **gap._asdict())
    try:
        with store.begin() as session:
            before = _newest(session, gap)
            if (before.id if before else 0) != said.follows:
                if before:
                    session.expunge(before)  # it outlives the rollback
                raise Taken(before)
            session.add(row)
            session.flush()
            if said.supplement is not None:
                session.add(Supplement(answer_id=row.id, **said.supplement))
    except IntegrityError:  # two at one instant: the key lets one of them through
        with store.begin() as session:
            newest = _newest(session, gap)
        raise Taken(newest) from None
    return row


def undo(store: Store, viewer: Viewer, gap: Gap, answer_id: int, now: datetime | None = None) -> Answer:
    """Take the viewer's own answer back within ten minutes. TooLate when it is older, changed since or not the viewer's."""
    now = now or utc_now()
    with store.begin() as session:
        row = _newest(session, gap)
    if row is None or row.id != answer_id or not may_undo(row, viewer, now):
        raise TooLate
    try:
        return give(store, viewer, gap, Said(UNDONE, follows=answer_id), now)
    except Taken:
        raise TooLate from None


def may_undo(row: Answer, viewer: Viewer, now: datetime | None = None) -> bool:
    """Whether the viewer can still take this answer back."""
    return row.user_id == viewer.user_id and row.kind != UNDONE and (now or utc_now()) - row.at <= UNDO_WITHIN


def _newest(session, gap: Gap) -> Answer | None:
    return session.scalar(select(Answer).filter_by(**gap._asdict()).order_by(Answer.id.desc()).limit(1))


def of_people(store: Store, people: set[int]) -> dict[Gap, Row]:
    """The newest row, with the columns of Answer, of every gap of these people that was ever answered."""
    if not people:
        return {}
    with store.engine.connect() as connection:
        return {gap_of(row): row for row in connection.execute(_OF_PEOPLE, {"people": list(people)})}


# Made once, and by columns, which cost a third of what objects do: each patient's page asks.
_OF_PEOPLE = select(Answer.__table__).where(Answer.person.in_(bindparam("people", expanding=True))).order_by(Answer.id)


def of_person(store: Store, person: int) -> dict[Gap, Row]:
    """The newest row of every gap of a person that was ever answered."""
    return of_people(store, {person})


def proposals(store: Store) -> list[Answer]:
    """Proposals that nobody has decided on yet, the oldest first."""
    with store.begin() as session:
        return list(session.scalars(_UNDECIDED))


_LATER = aliased(Answer)
_UNDECIDED = select(Answer).where(Answer.proposed, ~select(_LATER.id).where(_LATER.follows == Answer.id).exists()).order_by(Answer.id)


def disputes(store: Store, until: datetime, kinds: tuple[str, ...] = DISPUTES, known_at: datetime | None = None) -> list[Answer]:
    """Answers of these kinds given up to a moment (UTC), and after which nobody has said anything of the gap (up to known_at, where one is said)."""
    later = aliased(Answer)
    follows = [later.follows == Answer.id, *([later.at <= known_at] if known_at else [])]
    standing = select(Answer).where(Answer.kind.in_(kinds), Answer.at <= until, ~select(later.id).where(*follows).exists())
    with store.begin() as session:
        return list(session.scalars(standing.order_by(Answer.id)))


def supplements(store: Store, answer_ids: set[int]) -> dict[int, Supplement]:
    """What answers "done" tell of, by answer."""
    if not answer_ids:
        return {}
    with store.begin() as session:
        return {row.answer_id: row for row in session.scalars(select(Supplement).where(Supplement.answer_id.in_(answer_ids)))}


def told_of(store: Store, gaps: set[Gap]) -> dict[Gap, tuple[Answer, list[Supplement]]]:
    """The newest row of these gaps, and every service that was ever told of one."""
    people = sorted({gap.person for gap in gaps})
    with store.begin() as session:
        rows = session.execute(select(Answer, Supplement).outerjoin(Supplement).where(Answer.person.in_(people)).order_by(Answer.id)).all()
    found: dict[Gap, tuple[Answer, list[Supplement]]] = {}
    for answer, supplement in rows:
        if gap_of(answer) in gaps:
            told = found.get(gap_of(answer), (answer, []))[1]
            found[gap_of(answer)] = (answer, [*told, supplement] if supplement else told)
    return found


def newest_id(store: Store) -> int:
    """Number of the newest answer, 0 before the first."""
    with store.engine.connect() as connection:
        return connection.scalar(_NEWEST) or 0


_NEWEST = select(func.max(Answer.id))


def after(store: Store, answer_id: int) -> list[tuple[Gap, int, str, bool]]:
    """(gap, number, kind, whether it answers the gap) of every row after one, in order."""
    columns = (Answer.measure_id, Answer.person, Answer.period, Answer.unit, Answer.id, Answer.kind, Answer.proposed)
    with store.begin() as session:
        rows = session.execute(select(*columns).where(Answer.id > answer_id).order_by(Answer.id)).all()
    return [(Gap(*row[:4]), row.id, row.kind, settles(row.kind, row.proposed)) for row in rows]

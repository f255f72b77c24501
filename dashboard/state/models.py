"""Tables of the state database. Moments are naive UTC: SQLite keeps no offset, and one convention beats two."""

from datetime import UTC, date, datetime

from sqlalchemy import JSON, BigInteger, Float, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship

ROLES = ("physician", "assistant", "support", "director", "analyst", "auditor", "administrator")
SCOPE_KINDS = ("organization", "group", "practice", "clinician")


def utc_now() -> datetime:
    """This moment, in the form in which the state database keeps moments."""
    return datetime.now(UTC).replace(tzinfo=None)


class Base(DeclarativeBase):
    """All tables of the state database."""


class Signed:
    """What a user said, and when; the name as it was on the screen that day."""
    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(default=utc_now)
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    display_name: Mapped[str] = mapped_column(String(120))


class User(Base):
    """Someone who may sign in. Never deleted: the audit log points here; `disabled_at` ends the account. `training_until` is the last day on
    which the HIPAA training is valid (None: not asked for): after it nobody's data shows."""
    __tablename__ = "user_account"
    id: Mapped[int] = mapped_column(primary_key=True)
    username: Mapped[str] = mapped_column(String(80), unique=True)
    display_name: Mapped[str] = mapped_column(String(120))
    role: Mapped[str] = mapped_column(String(20))
    password_hash: Mapped[str] = mapped_column(String(200))
    created_at: Mapped[datetime] = mapped_column(default=utc_now)
    disabled_at: Mapped[datetime | None]
    last_sign_in_at: Mapped[datetime | None]
    training_until: Mapped[date | None]
    scopes: Mapped[list["Scope"]] = relationship(back_populates="user", order_by="Scope.id")


class Scope(Base):
    """Whose people a user may see, from the first to the last day (both inclusive; no last day = still)."""
    __tablename__ = "scope"
    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), index=True)
    kind: Mapped[str] = mapped_column(String(20))
    value: Mapped[str] = mapped_column(String(80), default="")
    start_date: Mapped[date]
    end_date: Mapped[date | None]
    user: Mapped[User] = relationship(back_populates="scopes")


class SignIn(Base):
    """A signed-in browser. Only a hash of its secret is kept."""
    __tablename__ = "sign_in"
    secret_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), index=True)
    started_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]


class SignInFailure(Base):
    """A refused sign-in, kept to slow guessing down. `username` is as typed, or a hash where no such user exists."""
    __tablename__ = "sign_in_failure"
    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    username: Mapped[str] = mapped_column(String(80))
    address: Mapped[str] = mapped_column(String(64))
    __table_args__ = (Index("ix_sign_in_failure_username", "username", "at"), Index("ix_sign_in_failure_address", "address", "at"))


class AuditEvent(Base):
    """Who did what, when, about whom. Append-only: triggers refuse UPDATE and DELETE. `detail` holds no names and no free text."""
    __tablename__ = "audit_event"
    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(index=True)
    user_id: Mapped[int | None] = mapped_column(index=True)
    username: Mapped[str] = mapped_column(String(80))
    role: Mapped[str] = mapped_column(String(20))
    action: Mapped[str] = mapped_column(String(40))
    page: Mapped[str] = mapped_column(String(40))
    person: Mapped[int | None] = mapped_column(BigInteger, index=True)
    detail: Mapped[dict] = mapped_column(JSON)
    address: Mapped[str] = mapped_column(String(64))


class Answer(Signed, Base):
    """What someone said of a gap (measure, person, period, unit) or of a prompt (its name for the measure). Append-only, as the audit log is: the
    newest row of a gap holds, a change or an undoing is a new row. `follows` is the row that its writer saw as the newest (0: none): the unique
    key lets only one follow another.
    """
    __tablename__ = "answer"
    username: Mapped[str] = mapped_column(String(80))
    role: Mapped[str] = mapped_column(String(20))
    person: Mapped[int] = mapped_column(BigInteger, index=True)
    measure_id: Mapped[str] = mapped_column(String(40))
    period: Mapped[int]
    unit: Mapped[int] = mapped_column(BigInteger)
    kind: Mapped[str] = mapped_column(String(20))
    reason: Mapped[str] = mapped_column(String(40), default="")
    note: Mapped[str] = mapped_column(String(500), default="")
    remark: Mapped[str] = mapped_column(String(40), default="")
    proposed: Mapped[bool] = mapped_column(default=False)
    known: Mapped[list] = mapped_column(JSON)
    follows: Mapped[int]
    __table_args__ = (UniqueConstraint("measure_id", "person", "period", "unit", "follows", name="uq_answer_follows"),)


class Supplement(Base):
    """The service that an answer "done" tells of; `source_id` and `person_id` are the ids of the person at the source. Append-only."""
    __tablename__ = "supplement"
    answer_id: Mapped[int] = mapped_column(ForeignKey("answer.id"), primary_key=True)
    service: Mapped[str] = mapped_column(String(80))
    on_date: Mapped[date]
    result: Mapped[str] = mapped_column(String(40), default="")
    place: Mapped[str] = mapped_column(String(120), default="")
    practitioner: Mapped[str] = mapped_column(String(120), default="")
    proof: Mapped[str] = mapped_column(String(80), default="")
    data_source: Mapped[str] = mapped_column(String(120))
    person_id: Mapped[str] = mapped_column(String(120))
    lacks: Mapped[list] = mapped_column(JSON)


class Cohort(Base):
    """A cohort that a user keeps: the words that describe it, never its people. Shared: every user who works with people may use the words."""
    __tablename__ = "cohort"
    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), index=True)
    username: Mapped[str] = mapped_column(String(80))
    name: Mapped[str] = mapped_column(String(60))
    who: Mapped[str] = mapped_column(String(1000))
    shared: Mapped[bool]
    created_at: Mapped[datetime] = mapped_column(default=utc_now)
    removed_at: Mapped[datetime | None]


class Contact(Signed, Base):
    """What was done to reach a patient. Append-only. `kind`: listed (put on the outreach list), unlisted, attempt; only an attempt has an
    outcome (dashboard.worklog.contacts.OUTCOMES), and perhaps the day of the next one."""
    __tablename__ = "contact"
    person: Mapped[int] = mapped_column(BigInteger, index=True)
    kind: Mapped[str] = mapped_column(String(20))
    outcome: Mapped[str] = mapped_column(String(20), default="")
    next_date: Mapped[date | None]


class Prepared(Signed, Base):
    """An action that was made ready for a visit, or, `done` false, is no longer. Append-only: the newest row of a day, patient and measure holds."""
    __tablename__ = "prepared"
    visit_date: Mapped[date] = mapped_column(index=True)
    person: Mapped[int] = mapped_column(BigInteger)
    measure_id: Mapped[str] = mapped_column(String(40))
    done: Mapped[bool]


class OwnTarget(Base):
    """The target that a clinician set for a rate, seen by nobody else: a fraction, None for the public one. Append-only: the newest holds."""
    __tablename__ = "own_target"
    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(default=utc_now)
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), index=True)
    rate: Mapped[str] = mapped_column(String(80))
    value: Mapped[float | None] = mapped_column(Float)


class PlanWord(Signed, Base):
    """What was said of a person on whom a plan's own list and we differ. Append-only: the newest row of a person, rate, year and contract holds,
    as long as they still differ in that way (`difference`, of queries/page/plan_differences.sql). `kind`: accepted, disputed, proof, withdrawn."""
    __tablename__ = "plan_word"
    person: Mapped[int] = mapped_column(BigInteger, index=True)
    rate: Mapped[str] = mapped_column(String(80), index=True)
    period: Mapped[int]
    contract: Mapped[int] = mapped_column(BigInteger)
    difference: Mapped[str] = mapped_column(String(20))
    kind: Mapped[str] = mapped_column(String(20))


class EducationSession(Signed, Base):
    """An education session with a practice, or a change of one. Append-only: `of` is the session's first row (None: this is it), its newest row
    holds. `standing`: planned, held, cancelled. `measures`: slugs of at most three rates, the focus."""
    __tablename__ = "education_session"
    practice_id: Mapped[str] = mapped_column(String(80), index=True)
    of: Mapped[int | None]
    standing: Mapped[str] = mapped_column(String(20))
    on_date: Mapped[date]
    measures: Mapped[list] = mapped_column(JSON)
    attendees: Mapped[str] = mapped_column(String(200))


class Commitment(Signed, Base):
    """What a practice promised: what, who, by when; or what became of it. Append-only as sessions are. `standing`: open, kept, dropped."""
    __tablename__ = "commitment"
    practice_id: Mapped[str] = mapped_column(String(80), index=True)
    of: Mapped[int | None]
    standing: Mapped[str] = mapped_column(String(20))
    what: Mapped[str] = mapped_column(String(200))
    who: Mapped[str] = mapped_column(String(80))
    due_date: Mapped[date]


class PracticeRecord(Signed, Base):
    """In which system (EMR) a practice charts, as its support team was told; no feed says it. Append-only: the newest row holds."""
    __tablename__ = "practice_record"
    practice_id: Mapped[str] = mapped_column(String(80), index=True)
    emr: Mapped[str] = mapped_column(String(80))

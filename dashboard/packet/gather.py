"""What a packet holds, asked like the screens ask it: the same people, counts and words, never a sensitive service."""

from collections import defaultdict
from typing import NamedTuple

from dashboard.access import Viewer
from dashboard.access.reach import Place
from dashboard.access.selection import current_selection
from dashboard.components.roll_up import by_reason
from dashboard.packet.order import Patient, most_winnable_first
from dashboard.queries import ask, ask_one, current_year, reach_of
from dashboard.settings import contact
from dashboard.worklog.education import OPEN, Practices, Promise, Session

MOST = 100_000  # rows of a list
WHOLE_LIST = {"reason": "", "aspect": "", "value": "", "line": "", "show": "open", "page": 1, "page_size": MOST}
ROLES = {"initial_population": "counts", "denominator": "counts", "exclusions": "excluded", "exceptions": "excluded", "numerator": "closes"}


class Focus(NamedTuple):
    """A focus measure: its row of `rates`, of `goals` (None: no public target), ((list, reason), people) of its open gaps, and the card's clauses:
    who `counts`, who is `excluded`, what `closes` it."""
    rate: object
    goal: object
    reasons: list
    clauses: dict[str, list]


class Packet(NamedTuple):
    """rates: rows of `rates`; goals: rows of `goals` by slug; services, claims, prompts, changes: rows of the page queries."""
    session: Session
    place: Place
    emr: str
    clinicians: list[str]
    contact: str
    prepared_by: str
    plan: str
    year: int
    release: object
    feeds: list
    practice: object
    rates: list
    goals: dict
    focus: list[Focus]
    patients: list[Patient]
    services: list
    claims: list
    prompts: list
    changes: list
    promises: list[Promise]

    @property
    def people(self) -> int:
        """How many people are named in it."""
        named = {row.person for rows in (self.patients, self.claims, self.prompts) for row in rows}
        return len(named)


def gather(viewer: Viewer, place: Place, session: Session, noted: Practices) -> Packet:
    """The packet of a session of the practice that the request selects."""
    rates = shown_rates(viewer)
    goals = {goal.slug: goal for goal in ask("goals", viewer, by="")}
    focus = [focus_of(viewer, row, goals.get(row.slug)) for row in in_session(rates, session)]
    opened = [(one.rate, row) for one in focus for row in open_in(viewer, one.rate)]
    return Packet(
        session, place, noted.emr.get(place.value, ""), [panel.name for panel in reach_of(viewer).choices("panel", place)], contact(),
        viewer.display_name, plan_words(viewer), current_selection().period or current_year(), ask_one("release", viewer), ask("feeds", viewer),
        ask_one("practices", viewer), rates, goals, focus, most_winnable_first(opened),
        [row for row in ask("claims_to_fix", viewer) if row.reason == "rejected"],
        ask("claims_of_people", viewer, reason="rejected", service="", page=1, page_size=MOST),
        ask("practice_prompts", viewer), ask("measure_changes", viewer),
        [one for one in noted.promises.get(place.value, []) if one.standing == OPEN])


def shown_rates(viewer: Viewer) -> list:
    """The rates of the selected people that paper may show."""
    return [row for row in ask("rates", viewer, line="") if not row.sensitive]


def in_session(rates: list, session: Session) -> list:
    """The rates that a session chose, in its order; one that counts nobody here any more is left out."""
    by_slug = {row.slug: row for row in rates}
    return [by_slug[slug] for slug in session.measures if slug in by_slug]


def open_in(viewer: Viewer, rate) -> list:
    """Rows of `measured_people` of everybody who is open in a rate; nobody where it is of a sensitive service."""
    return ask("measured_people", viewer, rate=rate.slug, people=None, **WHOLE_LIST)


def focus_of(viewer: Viewer, rate, goal) -> Focus:
    """A measure with why it is missed and what its card says."""
    clauses = defaultdict(list)
    for clause in ask("clauses", viewer):
        if clause.rate_id == rate.rate_id and clause.role in ROLES:
            clauses[ROLES[clause.role]].append(clause)
    return Focus(rate, goal, by_reason(ask("reasons", viewer, rate=rate.slug)), dict(clauses))


def plan_words(viewer: Viewer) -> str:
    """Whose people: one plan's, or all."""
    chosen = current_selection().contract
    return next((row.name for row in ask("contracts", viewer) if row.contract == chosen), "All plans together")



"""The disagreement board: what people say against lists, by plan and reason, of the viewer's people."""

from typing import NamedTuple

from dashboard.access.selection import address
from dashboard.answers.disagreements import REASONS, Remark, remarks
from dashboard.components.elements import dcc, html
from dashboard.components.table import table
from dashboard.components.words import count
from dashboard.house import house
from dashboard.queries import ask
from dashboard.worklog.chosen import moment_shown

NO_PLAN = "none"  # in addresses: whom no plan covers today


class Said(NamedTuple):
    """A remark, the row of its patient, and the key of a plan: a contract as text, or NO_PLAN."""
    remark: Remark
    patient: object
    plan: str


def said_of(viewer) -> list[Said]:
    """Every remark on the viewer's people, once for each plan that it concerns, oldest first."""
    found = remarks(house().store, moment_shown(viewer))
    rows: dict[int, list] = {}
    for row in ask("people_by_plan", viewer, people=sorted({remark.person for remark in found})) if found else []:
        rows.setdefault(row.person, []).append(row)
    return [Said(remark, row, plan) for remark in found if remark.person in rows for row, plan in _plans(remark, rows[remark.person])]


def _plans(remark: Remark, rows: list) -> list[tuple]:
    """(row, plan key): of a plan's list that plan, else every plan of the patient."""
    if remark.contract is not None:
        return [(rows[0], str(remark.contract))]
    return [(row, NO_PLAN if row.contract is None else str(row.contract)) for row in rows]


def plan_names(viewer) -> dict[str, str]:
    """Key of a plan -> its name."""
    return {str(row.contract): row.name for row in ask("contracts", viewer)} | {NO_PLAN: "No plan today"}


def board(viewer) -> html.Section:
    """Plans down, reasons across; each count opens its list and says how long the oldest has stood."""
    said, names = said_of(viewer), plan_names(viewer)
    if not said:
        return html.Section([html.H2("Nobody disagrees with a list"),
                             html.P("No patient of yours stands as not theirs, wrong, not applicable or refused.", className="quiet")])
    reasons = [reason for reason in REASONS if any(one.remark.reason == reason for one in said)]
    plans = sorted({one.plan for one in said}, key=lambda plan: (plan == NO_PLAN, names.get(plan, plan)))
    body = [[names.get(plan, plan), *[_cell([one.remark for one in said if (one.plan, one.remark.reason) == (plan, reason)], plan, reason)
                                      for reason in reasons]] for plan in plans]
    number = len({one.remark for one in said})
    return html.Section([
        html.H2(f"{count(number, 'remark disagrees', 'remarks disagree')} with a list, the oldest for {count(said[0].remark.days, 'day', 'days')}"),
        html.P("A patient of two plans stands under both.", className="note"),
        table("Remarks that disagree with a list, by plan and reason", ["Plan", *[REASONS[reason] for reason in reasons]], body)])


def _cell(found: list[Remark], plan: str, reason: str):
    if not found:
        return html.Span("0", className="quiet")
    return [dcc.Link(f"{len(found):,}", href=address("/disagreements", of=plan, reason=reason), className="count"),
            html.Div(f"oldest {count(max(one.days for one in found), 'day', 'days')}", className="quiet")]

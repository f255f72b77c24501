"""Who disagrees with a list: the remarks behind a count of the disagreement board."""

import dash

from dashboard.access import audit, current_viewer
from dashboard.access.patients import address_of
from dashboard.access.selection import address
from dashboard.answers.disagreements import PLAN_LIST, REASONS
from dashboard.components.elements import dcc, html
from dashboard.components.listing import chips, listed
from dashboard.components.roll_up import title_of
from dashboard.components.states import empty
from dashboard.components.words import age_and_sex, count, day, person_name
from dashboard.given import choice
from dashboard.queries import ask
from dashboard.web.disagreements import plan_names, said_of

MOST = 200  # rows; the oldest come first


def layout(of=None, reason=None, **_):
    """The list; URL = state. Sensitive services stand on no list."""
    viewer = current_viewer("disagreements")
    names, reason = plan_names(viewer), choice(reason, REASONS, "")
    of = choice(of, names, "")
    titles = titles_of(viewer)
    of_plan = [one for one in said_of(viewer) if of in ("", one.plan) and one.remark.topic in titles]
    found = [one for one in of_plan if reason in ("", one.remark.reason)]
    audit.note(viewer, "viewed list", page="disagreements", reason=reason, people=min(len(found), MOST))
    numbers = {key: sum(one.remark.reason == key for one in of_plan) for key in REASONS}
    return html.Div([
        html.P(dcc.Link("Back to Data health", href=address("/data-health")), className="back"),
        html.H1([html.Strong(f"{len(found):,}"), f" {'remark disagrees' if len(found) == 1 else 'remarks disagree'} with a list",
                 html.Span(f" ({names[of]})", className="quiet") if of else ""]),
        chips([("", "All", len(of_plan)), *[(key, words, numbers[key]) for key, words in REASONS.items() if numbers[key]]], reason,
              lambda value: address("/disagreements", of=of, reason=value)),
        remarks(viewer, found[:MOST], titles, names) if found else empty("Nobody in this list."),
        html.P(f"The {MOST} oldest are shown.", className="quiet") if len(found) > MOST else None,
    ], className="page")


def titles_of(viewer) -> dict[str, str]:
    """Measure id and slug -> title, of measures that may stand on a list."""
    rows = [row for row in ask("rates", viewer, line="") if not row.sensitive]
    return {key: title_of(row) for row in reversed(rows) for key in (row.measure_id, row.slug)}


def remarks(viewer, found: list, titles: dict, names: dict) -> html.Table:
    """One row a remark, the oldest first."""
    heads = [(words, "") for words in ("Patient", "Age", "Plan", "Measure", "What was said", "By", "Since")]
    return listed("Remarks that disagree with a list, oldest first", heads, [[
        dcc.Link(person_name(one.patient), href=address_of(viewer, one.patient.person)), age_and_sex(one.patient), names.get(one.plan, ""),
        titles[one.remark.topic], [REASONS[one.remark.reason], html.Div(one.remark.note, className="quiet") if one.remark.note else None],
        one.remark.by, [day(one.remark.at.date()), html.Div(count(one.remark.days, "day", "days"), className="quiet"), _way(one)],
    ] for one in found])


def _way(one):
    """From a disputed plan's list to it."""
    if one.remark.reason != PLAN_LIST:
        return None
    return dcc.Link("Reconcile", href=address("/reconcile", rate=one.remark.topic, plan=one.plan, show="settled"))


dash.register_page(__name__, path="/disagreements", name="Disagreements", title="Disagreements - Huddleboard", layout=layout, pickers=())

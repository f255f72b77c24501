"""Risk: scores of Medicare people by practice, what was named again, and what would be added or removed."""

import dash

from dashboard.access import current_viewer
from dashboard.components.elements import html
from dashboard.components.listing import listed
from dashboard.components.risk import RECORD
from dashboard.components.roll_up import per_cent
from dashboard.components.states import empty
from dashboard.components.words import count
from dashboard.queries import ask
from dashboard.statistics import enough

HEADS = [("Practice", ""), ("Scoreable", "number"), ("V28 so far", "number"), ("Last year", "number"), ("Change", "number"),
         ("By model", "number"), ("Named again", "number"), ("Confirm", "number"), ("Suspects", "number"), ("Remove", "number")]


def layout(**_):
    """The screen; URL = state."""
    rows = ask("risk_by_place", current_viewer("risk"))
    if not rows:
        return html.Div([html.H1("Risk"), empty("No Medicare patients here: CMS-HCC scores are for Medicare only.")], className="page")
    return html.Div([
        html.H1([html.Strong(f"{sum(row.confirm for row in rows):,}"), " lasting conditions of last year are on no claim of this year"]),
        html.P(balance(rows)),
        html.P([RECORD, " Raw scores of CMS-HCC V28: neither normalized nor adjusted, this year so far. Means are of patients scored in both "
                "years. By model: last year's V28 less last year's V24, the same diagnoses. OIG: groups that audits doubt."],
               className="quiet"),
        unscored(rows, ask("risk_reasons", current_viewer("risk"))),
        listed("Risk by practice", HEADS, [cells(row) for row in rows]),
    ], className="page")


def balance(rows: list) -> str:
    """Adds beside removes: a list that only adds is half a list."""
    adds, removes = sum(row.confirm + row.consider for row in rows), sum(row.remove for row in rows)
    ratio = f"{adds / removes:.1f} to 1" if removes else "nothing to remove was found"
    return f"Adds and removes: {count(adds, 'prompt', 'prompts')} to confirm or consider, {removes:,} to remove ({ratio})."


def unscored(rows: list, reasons: list) -> html.Details:
    """Who has no score or no tier, and why, is said."""
    people, scored = sum(row.people for row in rows), sum(row.scored for row in rows)
    untiered = [row for row in reasons if row.of_what == "tier"]
    told = [f"{count(row.people, 'patient has', 'patients have')} no risk tier: {row.reason}" for row in untiered]
    told += [f"{count(row.people, 'Medicare patient', 'Medicare patients')} without a score: {row.reason}"
             for row in reasons if row.of_what == "score"]
    words = (f"{people - scored:,} of {people:,} Medicare patients are not scoreable, "
             f"{sum(row.people for row in untiered):,} patients have no risk tier")
    if not told:
        return html.P(f"{words}.")
    return html.Details([html.Summary(f"{words}: why"), html.Ul([html.Li(line) for line in told])], className="folded")


def cells(row) -> list:
    """A practice's row; means of few patients are not told."""
    few = not enough(row.twice)
    again = per_cent(row.kept / (row.kept + row.confirm)) if row.kept + row.confirm else ""
    means = ["too few"] * 4 if few else [f"{row.now:.3f}", f"{row.before:.3f}", signed(row.now - row.before),
                                         signed(row.before - row.before_v24) if row.before_v24 is not None else ""]
    return [row.practice_name or row.practice_id or "No practice", f"{row.scored:,} of {row.people:,}", *means, again,
            f"{row.confirm:,}", f"{row.consider:,}", f"{row.remove:,}" + (f" ({row.high_risk:,} OIG)" if row.high_risk else "")]


def signed(change: float) -> str:
    """+0.012 or −0.012."""
    return f"{'−' if change < 0 else '+'}{abs(change):.3f}"


dash.register_page(__name__, path="/risk", name="Risk", title="Risk - Huddleboard", layout=layout, pickers=("scope", "plan"))

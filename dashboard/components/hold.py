"""A session on a tablet: big type, one measure a screen, no name of another practice, and of patients only when it was switched on."""

from datetime import date

from dashboard.components.elements import dcc, html
from dashboard.components.packet import rate_in_full, to_goal
from dashboard.components.roll_up import reason_words
from dashboard.components.words import age_and_sex, count, day, person_name, sentence
from dashboard.packet.words import said

REASONS = 5  # told of why a measure is missed


def measure_screen(one, title: str) -> list:
    """one: a focus measure (dashboard.packet.gather.Focus)."""
    row, goal = one.rate, one.goal
    closes = one.clauses.get("closes", [])
    more = len(one.reasons) - REASONS
    return [
        html.H1([html.Strong(f"{row.open_people:,}"), f" {'patient' if row.open_people == 1 else 'patients'} open: {title}"]),
        html.P(_standing(row, goal), className="hold-standing"),
        html.Div([
            html.Section([html.H2("Why"), html.Ul([html.Li([html.Strong(f"{people:,}"), html.Span(reason_words(why))])
                                                  for (_, why), people in one.reasons[:REASONS]], className="reasons"),
                          html.P(f"{count(more, 'more reason', 'more reasons')} on the practice's page.", className="quiet") if more > 0 else None]),
            html.Section([html.H2("What to do"), html.P(sentence(row.action or "")),
                          html.H2("What closes it" if row.better != "lower" else "A gap when any of these holds"),
                          html.Ul([html.Li(said(clause)) for clause in closes])]),
        ], className="hold-pair"),
    ]


def _standing(row, goal) -> str:
    return f"{rate_in_full(row)}. {to_goal(goal) if goal else 'No public target'}."


def people(found: list, most: int) -> html.Section:
    """The patients, most winnable first (dashboard.packet.order)."""
    if not found:
        return html.Section([html.H2("Patients"), html.P("Nobody is open.")])
    lines = [html.Li([html.Strong(person_name(one.row)), html.Span(f"{age_and_sex(one.row)}, {one.step}"),
                      html.Span("; ".join(reason_words(gap.reason) for gap in one.gaps), className="quiet")]) for one in found[:most]]
    more = html.P(f"{count(len(found) - most, 'more patient', 'more patients')} in the packet.", className="quiet") if len(found) > most else None
    return html.Section([html.H2(f"Patients, most winnable first ({len(found):,})"), html.Ul(lines, className="hold-people"), more])


def end_screen(owed: list, today: date) -> list:
    """What is promised and not settled yet."""
    lines = [html.Li([html.Strong(one.what), f" {', '.join(part for part in (one.who, f'by {day(one.due_date)}') if part)}",
                      html.Span(" overdue", className="late") if one.overdue(today) else None]) for one in owed]
    return [html.H1([html.Strong(f"{len(owed):,}"), f" {'commitment' if len(owed) == 1 else 'commitments'} noted"]),
            html.Ul(lines) if lines else html.P("Nothing yet: write down what, who, by when.")]


def steps(at: int, screens: int, link) -> html.Nav:
    """Back and on, large enough for a thumb."""
    back = dcc.Link("Back", href=link(at - 1), className="btn btn-outline-primary") if at > 0 else None
    on = dcc.Link("Next measure" if at < screens - 2 else "Commitments", href=link(at + 1), className="btn btn-primary") if at < screens - 1 else None
    return html.Nav([back, on], className="hold-steps", **{"aria-label": "Screens of the session"})

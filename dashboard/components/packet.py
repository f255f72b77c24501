"""The packet of a session: what is printed of it. Letter, portrait, black on white, a sheet a page."""

from dashboard.components.as_of import late_in_words, moment_of
from dashboard.components.elements import html
from dashboard.components.huddle import day_in_full
from dashboard.components.packet_lists import claim_list, documentation, patient_list
from dashboard.components.roll_up import (
    goal_words,
    likely_words,
    missing_to_goal,
    rate_of,
    rate_words,
    reason_words,
    shown_numerator,
    title_of,
)
from dashboard.components.table import table
from dashboard.components.words import count, day, sentence
from dashboard.packet.words import UNCHANGED, change_words, said
from dashboard.statistics import enough

ON_A_PAGE = 34  # lines of the scorecard
CODES = 30  # of a clause, on paper
LINES = 12  # to write on
CONFIDENTIAL = "CONFIDENTIAL - PHI - shred after use"


def sheets(packet, sheet: str, link) -> list[html.Section]:
    """Every sheet of the packet; sheet: the id that the audit log holds; link(person) gives the address of a patient's page."""
    head = _head(packet, sheet)
    parts = [("Session packet", _cover(packet)), ("Scorecard", _scorecard(packet)),
             *[(title_of(one.rate), _focus(one)) for one in packet.focus],
             ("Patients", patient_list(packet.patients, bool(packet.focus), link)),
             ("Claims to correct", claim_list(packet.services, packet.claims, link)),
             ("Documentation: add and remove", documentation(packet.prompts, link)),
             (f"What changed in {packet.year}", _changes(packet)), ("Commitments", _commitments(packet))]
    return [html.Section([head, html.H2(title), *body], className="sheet", **{"aria-label": title}) for title, body in parts]


def _head(packet, sheet: str) -> html.P:
    told = (f"session {day(packet.session.on_date)}", f"{packet.plan}, {packet.year}", f"data as of {moment_of(packet.release)}", f"packet {sheet}")
    return html.P([html.Strong(packet.place.name), *[html.Span(words) for words in told], html.Strong(CONFIDENTIAL)], className="sheet-head")


def _cover(packet) -> list:
    session, practice = packet.session, packet.practice
    facts = [
        ("Practice", packet.place.name), ("Session", day_in_full(session.on_date)), ("With", session.attendees or "not said yet"),
        ("Focus", html.Ol([html.Li(title_of(one.rate)) for one in packet.focus]) if packet.focus else "No focus measure chosen"),
        ("Clinicians", "; ".join(packet.clinicians)), ("EMR", packet.emr or "Not known"),
        ("Patients", f"{practice.people:,}, {practice.people_due:,} with something due" if practice else "none"),
        ("Data as of", f"{moment_of(packet.release)}. {late_in_words(packet.feeds) or 'All feeds on time'}."),
        ("Whose numbers", f"{packet.plan}, measurement year {packet.year}"),
    ]
    who = html.P([html.Strong(packet.prepared_by), html.Br(), f"Questions: {packet.contact}"])
    card = html.Div([html.H3("Your contact"), who], className="contact-card")
    return [html.Dl([part for words, value in facts for part in (html.Dt(words), html.Dd(value))], className="cover"), card]


def _scorecard(packet) -> list:
    with_goal = [row for row in packet.rates if row.slug in packet.goals]
    rows = [*sorted(with_goal, key=lambda row: -missing_to_goal(packet.goals[row.slug])),
            *sorted((row for row in packet.rates if row.slug not in packet.goals), key=lambda row: -row.open_people)]
    chosen = {one.rate.slug for one in packet.focus}
    left, shown = len(rows) - ON_A_PAGE, [_score(row, packet.goals.get(row.slug), row.slug in chosen) for row in rows[:ON_A_PAGE]]
    return [
        html.P("Those with a public goal first, most patients to it first. ● marks the measures of this session."),
        html.Div(table("Scorecard", ["Measure", "Rate", "Counted", "Open", "Likely done", "Goal", "To goal"], shown, numbers=(2, 3, 4, 6)),
                 className="scorecard"),
        html.P(f"{count(left, 'more measure', 'more measures')} in the file and on screen.") if left > 0 else None,
    ]


def _score(row, goal, chosen: bool) -> list:
    name = html.Strong(f"● {title_of(row)}") if chosen else title_of(row)
    rate = rate_words(shown_numerator(row), row.denominator) if enough(row.denominator) else "too few"
    return [name, rate, f"{row.denominator:,}", f"{row.open_people:,}", f"{row.likely_people:,}",
            goal_words(goal) if goal else "", f"{missing_to_goal(goal):,}" if goal else ""]


def _focus(one) -> list:
    row, goal = one.rate, one.goal
    why_open = [html.Li([html.Strong(f"{people:,}"), f" {reason_words(why)}"]) for (_, why), people in one.reasons]
    return [
        html.P([html.Strong(rate_in_full(row)), f". {to_goal(goal) if goal else 'No public target'}."]),
        html.H3("Why it matters"), html.P(sentence(row.why or "")), html.H3("What to do"), html.P(sentence(row.action or "")),
        *_clauses("What closes it" if row.better != "lower" else "A gap when any of these holds", one.clauses.get("closes", [])),
        *_clauses("Who counts", one.clauses.get("counts", [])), *_clauses("Left out", one.clauses.get("excluded", [])),
        html.H3(f"Why {count(row.open_people, 'patient is', 'patients are')} open"),
        html.Ul(why_open) if why_open else html.P("Nothing is open."),
        html.P(f"Source: {row.source}" if row.source else "", className="small"),
        html.P(f"Not confirmed: {row.unconfirmed}", className="small") if row.unconfirmed else None,
    ]


def rate_in_full(row) -> str:
    """62 % of 386, likely 57 to 67 %; of too few how many, and that they are."""
    number = shown_numerator(row)
    if not enough(row.denominator):
        return f"{number:,} of {row.denominator:,} counted, too few for a rate"
    return f"{rate_of(number, row.denominator)}, likely {likely_words(number, row.denominator)}"


def to_goal(goal) -> str:
    """5 more to reach at least 80 % (4 stars, Medicare), now 55 % of 42, likely 40 to 69 %."""
    missing = missing_to_goal(goal)
    return f"{f'{missing:,} more to reach' if missing else 'Reached:'} {goal_words(goal)}, now {rate_in_full(goal)}"


def _clauses(title: str, clauses: list) -> list:
    if not clauses:
        return []
    return [html.H3(title), html.Ul([html.Li([said(clause), html.Div(f"Codes: {_codes(clause.codes)}", className="small") if clause.codes else None])
                                     for clause in clauses])]


def _codes(codes: list[str]) -> str:
    more = f" and {len(codes) - CODES:,} more in the file" if len(codes) > CODES else ""
    return ", ".join(codes[:CODES]) + more


def _changes(packet) -> list:
    if not packet.changes:
        return [html.P(UNCHANGED)]
    rows = [[row.title, change_words(row, packet.year), row.source or "the rules counted here"] for row in packet.changes]
    return [table("What changed", ["Measure", "What changed", "Source"], rows)]


def _commitments(packet) -> list:
    heads = html.Thead(html.Tr([html.Th(words, scope="col") for words in ("What", "Who", "By when")]))
    before = [html.Tr([html.Td(one.what), html.Td(one.who), html.Td(day(one.due_date))]) for one in packet.promises]
    blank = [html.Tr([html.Td("\N{NO-BREAK SPACE}"), html.Td(), html.Td()]) for _ in range(LINES)]
    caption = html.Caption("What is promised: what, who, by when", className="visually-hidden")
    return [html.P("Open from before stand first. No names of patients here." if before else "No names of patients here."),
            html.Table([caption, heads, html.Tbody([*before, *blank])], className="to-write")]

"""Today: what can be closed at the visits of the day, in the order in which people come."""

from functools import partial
from itertools import groupby

import dash

from dashboard.access import audit, current_viewer
from dashboard.access.patients import address_of
from dashboard.access.selection import address, current_selection
from dashboard.cohorts.chosen import chosen as chosen_cohort
from dashboard.cohorts.chosen import limit_of
from dashboard.cohorts.saved import all_for
from dashboard.components.as_of import late_in_words, late_words, moment_of
from dashboard.components.cohort import folded_filter, only_of
from dashboard.components.elements import dcc, html
from dashboard.components.huddle import day_in_full, half_day, huddle_sheet, in_short
from dashboard.components.listing import chips
from dashboard.components.states import ASK, MAY_BE_DONE, NO_APPOINTMENTS, NO_PEOPLE, empty, note
from dashboard.components.visit import actions_of, is_open, visits
from dashboard.components.words import count, day, now, person_name, sentence
from dashboard.given import choice, iso_day
from dashboard.patient_facts import visits_of_day
from dashboard.queries import ask, ask_one
from dashboard.settings import contact
from dashboard.web.answer_form import asked_now, proposals
from dashboard.web.prepared_boxes import Boxes
from dashboard.web.printing import printing, sheet_id

DAYS = 5  # days with visits that can be chosen
WAITING = 8  # of those who are not coming in
NAMES = ("full", "initials")  # of patients on paper
WHO = {"all": "All actions", "assistant": "Assistant's"}


def layout(day=None, who=None, names=None, cohort=None, **_):
    """The screen: the number, the visits, those who are not coming in; of a cohort where one is chosen."""
    viewer = current_viewer("today")
    who = choice(who, WHO, "assistant" if viewer.role == "assistant" else "all")
    cohort = chosen_cohort(viewer, cohort)
    limit = limit_of(viewer, cohort)
    release, feeds, counts = ask_one("release", viewer), ask("feeds", viewer), ask_one("panel_counts", viewer, people=limit)
    if not counts.everyone and cohort is None:
        return html.Div([html.H1("Today"), empty(NO_PEOPLE)], className="page")
    if not any(feed.sends_appointments for feed in feeds):
        return html.Div([_panel_sentence(counts), note(f"{NO_APPOINTMENTS} {ASK.format(whom=contact())}"),
                         _cohort(viewer, cohort, "", who), _not_coming(viewer, counts, "Something due", cohort, limit)], className="page")
    return _with_visits(viewer, day, who, choice(names, NAMES, "full") == NAMES[1], cohort, limit, (release, feeds, counts))


def _with_visits(viewer, day, who: str, initials: bool, cohort, limit: list | None, known: tuple) -> html.Div:
    """The screen where appointments arrive. known: rows of release, feeds and panel_counts."""
    (release, feeds, counts), days = known, ask("visit_days", viewer, days=DAYS)
    # On a day without visits, a Sunday say, the next day that has some is what there is to prepare.
    chosen = iso_day(day, [release.as_of, *(row.on_date for row in days)], next((row.on_date for row in days), release.as_of))
    coming = [row for row in visits_of_day(viewer, chosen) if limit is None or row.person in limit]
    actions = actions_of([row for row in ask("today_actions", viewer, day=chosen) if limit is None or row.person in limit])
    shown = actions if who == "all" else {person: [a for a in kept if a.assistant_action] for person, kept in actions.items()}
    boxes, prompts = Boxes(viewer, chosen, set(actions)), _by_person(ask("today_prompts", viewer, day=chosen))
    sheet = audit.sheet_id()
    audit.note(viewer, "viewed list", page="today", people=len({row.person for row in coming}), sheet=sheet)
    link = partial(address, "/today", cohort=cohort.id if cohort else "")
    return html.Div([
        html.Div([_sentence(coming, shown, chosen, release, who), _print_button(sheet, _name_chip(chosen, who, initials, link)) if coming else None],
                 className="headline"), _late(feeds, counts),
        html.Div([_day_chips(days, chosen, release, who, link), _who_chips(chosen, who, link)], className="filters"),
        _cohort(viewer, cohort, str(chosen), who),
        _standing_orders(shown) if who == "assistant" else None,
        visits(coming, shown, lambda person, measure: _patient(viewer, person, measure), prepare=who == "assistant", ready=boxes.ready,
               box=boxes.box if who == "assistant" else None) if coming else _nobody(chosen, release, days, who),
        _not_coming(viewer, counts, "Not coming in", cohort, limit), _needs_answer(viewer, coming, prompts),
        _sheet(viewer, coming, actions, chosen, release, feeds, sheet, ready=boxes.ready, prompts=prompts, initials=initials) if coming else None,
        boxes.sender() if who == "assistant" else None,
    ], className="page today")


def _patient(viewer, person: int, measure: str | None) -> str:
    return address_of(viewer, person, gap=measure)


def _by_person(rows: list) -> dict[int, list]:
    return {person: list(kept) for person, kept in groupby(rows, key=lambda row: row.person)}


def _late(feeds: list, counts) -> html.P | None:
    """Plan C claims are 9 days late (usual: every 31 days). 41 patients may already be done. Show those."""
    late = sorted((feed for feed in feeds if feed.late_days), key=lambda feed: -feed.late_days)
    if not late:
        return None
    likely = [f" {MAY_BE_DONE.format(people=count(counts.likely, 'patient', 'patients'))} ",
              dcc.Link("Show those", href=address("/panel", show="likely"))] if counts.likely else []
    return html.P([html.Span("late", className="late"), " ", " ".join(late_words(feed) for feed in late), *likely], className="note")


def _sentence(coming: list, actions: dict, chosen, release, who: str) -> html.H1:
    gaps = sum(is_open(action) for kept in actions.values() for action in kept)
    whose = "today's" if chosen == release.as_of else f"{day_in_full(chosen)}:"
    number = count(len(coming), "visit", "visits")
    if not coming:
        return html.H1("No visits booked today" if chosen == release.as_of else f"No visits booked on {day(chosen)}")
    if not gaps:
        nothing = f"Nothing due for {whose} {count(len({row.person for row in coming}), 'patient', 'patients')}."
        return html.Div([html.H1(nothing), dcc.Link("See people not coming in", href=address("/panel", show="no-visit", sort="last-day"))])
    verb = "can be prepared" if who == "assistant" else "can be closed"
    what = "thing" if who == "assistant" else "gap"
    where = f"at {whose} {number}" if chosen == release.as_of else f"at {number} on {day_in_full(chosen)}"
    return html.H1([html.Strong(f"{gaps:,}"), f" {what if gaps == 1 else what + 's'} {verb} {where}"])


def _print_button(sheet: str, names: dict) -> html.Div:
    return html.Div([names, html.Button("Print huddle sheet", id="today-print", className="btn btn-outline-primary"),
                     dcc.Store(id="today-sheet", data=sheet), html.Div(id="today-printed", hidden=True), html.Div(id="today-told", hidden=True)],
                    className="printing")


def _cohort(viewer, cohort, day: str, who: str) -> html.Div:
    """Whose visits: behind a line, since on a phone the visits come first."""
    choice_of = folded_filter(all_for(viewer), cohort, "/today", current_selection().values() | {"day": day, "who": who})
    return html.Div([only_of(cohort, "visits of a day are counted of everybody"), choice_of])


def _day_chips(days: list, chosen, release, who: str, link):
    known = {row.on_date: row.visits for row in days}
    choices = [(str(on_date), "Today" if on_date == release.as_of else f"{on_date:%a} {on_date.day} {on_date:%b}", known.get(on_date, 0))
               for on_date in sorted({release.as_of, chosen, *known})[:DAYS + 1]]
    return chips(choices, str(chosen), lambda value: link(day=value, who=who), label="Day")


def _who_chips(chosen, who: str, link):
    return chips([(value, words, None) for value, words in WHO.items()], who, lambda value: link(day=str(chosen), who=value), label="Whose actions")


def _name_chip(chosen, who: str, initials: bool, link) -> dcc.Link:
    """Whether paper says names: a sheet may be left lying."""
    shape = html.Span(className="shape closed" if initials else "shape excluded", **{"aria-hidden": "true"})
    return dcc.Link([shape, f"Initials only on paper: {'on' if initials else 'off'}"], className="chip",
                    href=link(day=str(chosen), who=who, names=None if initials else "initials"))


def _standing_orders(actions: dict) -> html.Details | None:
    """What each delegable action rests on; unconfirmed until the practice's physician has signed it."""
    orders = {action.measure_id: action for kept in actions.values() for action in kept}.values()
    if not orders:
        return None
    lines = [html.Li([html.Strong(order.assistant_action), f": {order.standing_order}. ",
                      html.Span("Not confirmed by this practice yet.", className="late") if order.unconfirmed else None]) for order in orders]
    return html.Details([html.Summary("Only what a standing order lets an assistant prepare"), html.Ul(lines)], className="twin")


def _nobody(chosen, release, days: list, who: str):
    later = next((row for row in days if row.on_date > chosen), None)
    offer = dcc.Link(f"See {day_in_full(later.on_date)}: {count(later.visits, 'visit', 'visits')}",
                     href=address("/today", day=str(later.on_date), who=who)) if later else None
    return empty("Nobody is booked.", offer)


def _panel_sentence(counts) -> html.H1:
    return html.H1([html.Strong(f"{counts.due:,}"), f" {'patient' if counts.due == 1 else 'patients'} with something due",
                    html.Span(f", {counts.due_this_month:,} expire this month", className="quiet")])


def _not_coming(viewer, counts, words: str, cohort, limit: list | None) -> html.Section:
    """People with something due and no visit booked, whose last day comes first."""
    rows = ask("panel_people", viewer, show="no-visit", sort="last-day", page=1, page_size=WAITING, people=limit)
    panel = dcc.Link("See my panel", href=address("/panel", show="no-visit", sort="last-day", cohort=cohort.id if cohort else ""))
    if not rows:
        return html.Section([html.H2(words), empty("Everybody with something due has a visit booked.", panel)])
    lines = [html.Li([dcc.Link(person_name(row), href=_patient(viewer, row.person, None)),
                      html.Span(_due_in_short(row)), html.Span(_until(row), className="quiet")])
             for row in rows]
    return html.Section([html.H2([f"{words} ", html.Span(f"{len(rows):,} shown of {counts.no_visit:,}, last day to close first", className="quiet")]),
                         html.Ul(lines, className="waiting"), html.P(panel)], className="not-coming")


def _due_in_short(row) -> str:
    more = len(set(row.due_titles)) - 1
    return f"{row.due_titles[0]} +{more}" if more else row.due_titles[0]


def _until(row) -> str:
    """The first day that is the last for one of the gaps; of several, not always of the one that is named."""
    return f"{'first ' if len(set(row.due_titles)) > 1 else ''}by {day(row.first_last_day)}"


def _needs_answer(viewer, coming: list, prompts: dict) -> html.Section | None:
    """What others proposed to answer and the physician decides; conditions to confirm or remove of those who come."""
    if viewer.role != "physician":
        return None
    waiting, prompts = proposals(viewer), _by_person(asked_now([row for kept in prompts.values() for row in kept]))
    asked = [row for row in {row.person: row for row in coming}.values() if row.person in prompts]
    if not waiting and not asked:
        return None
    lines = [html.Li([dcc.Link(person_name(row), href=_patient(viewer, row.person, row.measure_id)),
                      html.Span(f"{row.title}: {said}"), html.Span(who, className="quiet")]) for row, said, who in waiting]
    lines += [html.Li([dcc.Link(person_name(row), href=_patient(viewer, row.person, None)),
                       html.Span(sentence(in_short(prompts[row.person], dated=day))),
                       html.Span(f"comes at {row.start_at:%H:%M}", className="quiet")]) for row in asked]
    kinds = ("proposed answers", len(waiting)), ("conditions to confirm or remove", len(asked))
    parts = [f"{words} ({number:,})" for words, number in kinds if number]
    heading = html.H2([f"Needs your answer ({len(lines):,}) ", html.Span(" - ".join(parts), className="quiet")])
    return html.Section([heading, html.Ul(lines, className="waiting")])


def _sheet(viewer, coming: list, actions: dict, chosen, release, feeds: list, sheet: str, **how) -> html.Section:
    """how: what huddle_sheet takes beside the lines of the head."""
    names = sorted({row.clinician_name for row in coming if row.clinician_name})
    whose = names[0] if len(names) == 1 else count(len(names), "clinician", "clinicians")
    return huddle_sheet(coming, actions, title=f"HUDDLE  {whose} - {day_in_full(chosen)}{half_day(coming)}",
                        printed=f"printed {now()} by {viewer.display_name}", as_of=f"data as of {moment_of(release)}", late=late_in_words(feeds),
                        sheet=sheet, **how)


printing("today", sheet_id)
dash.register_page(__name__, path="/today", name="Today", title="Today - Huddleboard", layout=layout, pickers=("scope", "plan"))

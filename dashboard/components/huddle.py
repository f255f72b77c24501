"""The huddle sheet: what is printed of Today. Letter, portrait, black on white, at least 10 pt, boxes to tick."""

import re
from collections.abc import Callable
from datetime import timedelta

from dashboard.components.elements import html
from dashboard.components.risk import tier
from dashboard.components.visit import fact_in_short, is_open
from dashboard.components.words import day, language, person_name

FIRST_STEP = re.compile(r"(?:(?!;|\.\s|\s\(|, or write down).)*")  # of an action: up to the next step, sentence or remark
CALL_AHEAD = timedelta(minutes=10)
KINDS = {"confirm": "confirm", "consider": "consider", "remove": "consider removing"}
LONGEST = 56  # letters of that step, before it is cut at a comma
BOXES = 3  # lines of a column; the rest is a number


def huddle_sheet(rows: list, actions: dict[int, list], *, title: str, printed: str, as_of: str, late: str, sheet: str,
                 ready=None, prompts: dict[int, list] | None = None, initials: bool = False) -> html.Section:
    """rows: of today_visits; title, printed, as_of, late: lines of the head; sheet: the id that the audit log holds; ready(action): who made it
    ready ('' for nobody), so that its box is ticked; prompts: rows of today_prompts by person; initials: no names on paper."""
    head = html.Thead([
        html.Tr(html.Td([html.Div([html.Strong(title), html.Span(printed)]), html.Div([html.Span(as_of), html.Strong(late)]),
                         html.Div("CONFIDENTIAL - PHI - shred after use")], colSpan=5, className="huddle-head")),
        html.Tr([html.Th(words, scope="col") for words in ("Time", "Patient", "MA: tick when prepped", "MD", "Visits")]),
    ])
    foot = html.Tfoot(html.Tr(html.Td(["~ likely done, claim expected: do not repeat.   ", html.Strong(f"Sheet {sheet}")], colSpan=5)))
    body = html.Tbody([_line(row, actions.get(row.person, []), (prompts or {}).get(row.person, []), ready, initials) for row in rows])
    return html.Section(html.Table([head, foot, body], className="huddle"), className="print-sheet", **{"aria-label": "Huddle sheet"})


def _line(row, actions: list, prompts: list, ready, initials: bool) -> html.Tr:
    due = [action for action in actions if is_open(action)]
    assistant = [(action.assistant_action, "", bool(ready and ready(action))) for action in due if action.assistant_action]
    physician = [(what_to_do(action), fact_in_short(action), False) for action in due if not action.assistant_action]
    likely = [action.title for action in actions if not is_open(action)]
    calls = [(f"call interpreter before {row.start_at - CALL_AHEAD:%H:%M}", "", False)] if row.interpreter_needed else []
    return html.Tr([
        html.Td(html.Strong(f"{row.start_at:%H:%M}")), html.Td(_patient(row, initials)), html.Td([_boxes(calls), _boxes(assistant)]),
        html.Td([_boxes(physician or ([("New here: ask for records", "", False)] if row.new_here else [])),
                 _boxes([(in_short(prompts, named=1), "", False)]) if prompts else None,
                 html.Div(f"~ {', '.join(likely)}") if likely else None]),
        html.Td([html.Div(f"last {_short(row.last_visit_date)}"), html.Div(f"next {_short(row.next_visit_at)}")]),
    ])


def what_to_do(action) -> str:
    """'Statin for diabetes: prescribe a statin'. The title of a rate says what is reached; the first step of its action what to do for it."""
    step = FIRST_STEP.match(action.action or "").group().rstrip(" .")
    step = step if len(step) <= LONGEST else step[:LONGEST].rpartition(", ")[0] or step
    return f"{action.title}: {step[:1].lower() if step[1:2].islower() else step[:1]}{step[1:]}" if step else action.title


def _patient(row, initials: bool) -> list:
    sex = {"female": "F", "male": "M"}.get(row.sex, "")
    tongue = language(row.language)
    spoken = f"{tongue}{', interpreter' if row.interpreter_needed else ''}" if tongue and (tongue != "English" or row.interpreter_needed) else ""
    name = initials_of(row) if initials else person_name(row)
    return [html.Div([html.Strong(name), f" {row.age}{sex}"]), html.Div(" · ".join(part for part in (spoken, row.plans) if part)),
            *([html.Div(tier(row, named=True))] if row.risk_tier in ("high", "very high") or row.risk_moved == "up" else [])]


def _short(moment) -> str:
    return f"{moment.month}/{moment.day}/{moment:%y}" if moment else "-"


def initials_of(row) -> str:
    """L.M.: for a sheet without names."""
    return "".join(f"{name[:1].upper()}." for name in (row.last_name, row.first_name) if name) or "Name not sent"


def in_short(prompts: list, named: int = 2, dated: Callable = _short) -> str:
    """confirm: heart failure (5/3/26); remove: COPD. What to look at in the documentation, so many by name; dated: how a day is written."""
    told = [f"{KINDS[prompt.kind]}: {prompt.title}{f' ({dated(prompt.last_date)})' if prompt.last_date else ''}" for prompt in prompts[:named]]
    return "; ".join([*told, *([f"+{len(prompts) - named} more"] if len(prompts) > named else [])])


def _boxes(lines: list[tuple[str, str, bool]]) -> html.Ul:
    more = [html.Li(f"+{len(lines) - BOXES} more", className="no-box")] if len(lines) > BOXES else []
    return html.Ul([*[html.Li([words, f" ({fact})" if fact else ""], className="ticked" if ticked else "")
                      for words, fact, ticked in lines[:BOXES]], *more], className="boxes")


def half_day(rows: list) -> str:
    """' AM' or ' PM' where all visits lie in it."""
    halves = {f" {row.start_at:%p}" for row in rows}
    return halves.pop() if len(halves) == 1 else ""


def day_in_full(value) -> str:
    """Tue 24 Nov 2026."""
    return f"{value:%a} {day(value)}"

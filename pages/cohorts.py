"""Cohorts: people who ..., said as a sentence with a count that follows; kept, shared, and a filter on lists."""

from collections import Counter

import dash
from dash import Input, Output, State, callback

from dashboard.access import audit, current_viewer
from dashboard.access.selection import address, current_selection
from dashboard.cohorts import saved, words
from dashboard.cohorts.chosen import people_of
from dashboard.cohorts.facts import WORDS, facts
from dashboard.components.cohort import sentence, standing
from dashboard.components.elements import dbc, dcc, html
from dashboard.components.listing import listed
from dashboard.components.states import note, told_line
from dashboard.components.words import count, language
from dashboard.errors import Fault
from dashboard.given import choice, short_text
from dashboard.queries import ask
from dashboard.web.form import field, form, pick
from dashboard.web.forms import take_told

HOW = {"has": "have it", "not": "do not have it", ">=": "at least", "<=": "at most"}
JOIN = {"and": "and", "or": "or, to the last line"}
COUNTED = 20  # cohorts of the list whose people are counted at once


def layout(who=None, fact=None, how=None, value=None, join=None, **_):
    """The screen; URL = state: `who` is the cohort so far, the others are the line to add."""
    viewer, told = current_viewer("cohorts"), take_told()
    lines, fault = built(who, fact, how, value, join)
    titles = words_of(viewer)
    people = people_of(viewer, words.write(lines)) if lines else None
    if people is not None:
        audit.note(viewer, "viewed list", page="cohorts", people=len(people))
    return html.Div([
        told_line(told),
        _heading(people),
        note(f"Not added: {fault}") if fault else None,
        _sentence(lines, titles),
        _add(lines, titles),
        *(_uses(viewer, lines, people) if lines else []),
        html.Section([html.H2("Cohorts"), _list(viewer, titles)]),
    ], className="page")


def built(who, fact, how, value, join) -> tuple[tuple, str]:
    """The lines of an address with the line that its form adds, and what was wrong with that."""
    try:
        lines = words.read(short_text(who, words.LONGEST + 1))
    except Fault as found:
        return (), str(found)
    fact = short_text(fact)
    if not fact:
        return lines, ""
    try:
        return with_line(lines, piece_of(fact, choice(how, HOW, "has"), short_text(value, 20)), choice(join, JOIN, "and")), ""
    except Fault as found:
        return lines, str(found)


def piece_of(fact: str, how: str, value: str) -> str:
    """The text of one line: as the form's three fields say it."""
    known = facts().get(fact)
    bound = f"{'<=' if how == '<=' else '>='}{value}" if known and known.kind == "number" else ""
    return ("!" if how == "not" and not bound else "") + fact + bound


def with_line(lines: tuple, text: str, join: str) -> tuple:
    """The lines with another one, or with an alternative in the last; Fault for what is no line."""
    so_far = words.write(lines)
    if join == "or" and lines and lines[-1].absent == text.startswith("!"):
        return words.read(f"{so_far}|{text.removeprefix('!')}")
    return words.read(f"{so_far};{text}" if so_far else text)


def words_of(viewer) -> dict[tuple[str, str], str]:
    """(fact, word) -> what it is called, for the words that hang on the served version."""
    rows = ask("cohort_choices", viewer)
    often = Counter(row.title for row in rows)  # the measures that follow up different events share a title: told apart by their names
    return {(row.fact, row.word): (f"{row.title} ({row.word})" if often[row.title] > 1 else row.title) if row.title else language(row.word)
            for row in rows}


def _heading(people: list | None) -> html.H1:
    if people is None:
        return html.H1("Cohorts: people who ...")
    return html.H1([html.Strong(f"{len(people):,}"), f" {'patient' if len(people) == 1 else 'patients'} in this cohort"])


def _sentence(lines: tuple, titles: dict) -> html.Section:
    if not lines:
        return html.Section([html.H2("People who have ..."), html.P("Add a line, or open one of the cohorts below.")])
    rest = [(words.say(line, titles), address("/cohorts", who=words.write(lines[:at] + lines[at + 1:]))) for at, line in enumerate(lines)]
    return html.Section([html.H2("People who have all of these"), sentence(rest)])


def _add(lines: tuple, titles: dict) -> html.Form:
    kept = current_selection().values() | {"who": words.write(lines)}
    hidden = [dcc.Input(id=f"cohorts-kept-{name}", type="hidden", name=name, value=value) for name, value in kept.items()]
    joins = [_pick("join", "Join", list(JOIN.items()))] if lines else []
    return html.Form([
        *hidden, *joins, _pick("fact", "What", options(titles)), _pick("how", "How", list(HOW.items())),
        html.Div([html.Label("Number", htmlFor="cohorts-value"),
                  dcc.Input(id="cohorts-value", name="value", type="text", inputMode="decimal", autoComplete="off", className="form-control")],
                 className="field"),
        html.Button("Add line", type="submit", className="btn btn-primary"),
        html.P(id="cohorts-count", className="quiet", role="status"),
    ], method="get", action="/cohorts", className="form cohort-form")


def _pick(name: str, label: str, choices: list[tuple[str, str]]) -> html.Div:
    select = dbc.Select(id=f"cohorts-{name}", name=name, options=[{"value": value, "label": said} for value, said in choices], value=choices[0][0])
    return html.Div([html.Label(label, htmlFor=f"cohorts-{name}"), select], className="field")


def options(titles: dict) -> list[tuple[str, str]]:
    """What a line may say: a fact, or a fact with each of its words."""
    found = []
    for fact in facts().values():
        if fact.kind == "word":
            known = WORDS.get(fact.name) or {word: said for (name, word), said in titles.items() if name == fact.name}
            found += [(f"{fact.name}={word}", f"{fact.title}: {said}") for word, said in known.items()]
        else:
            found.append((fact.name, f"{fact.title} (number{f', {fact.unit}' if fact.unit else ''})" if fact.kind == "number" else fact.title))
    return found


def _uses(viewer, lines: tuple, people: list) -> list:
    who = words.write(lines)
    lists = [dcc.Link("Show them in My panel", href=address("/panel", cohort=who, show="all"), className="btn btn-outline-primary")]
    if viewer.may_open("today"):
        lists += [" ", dcc.Link("Their visits in Today", href=address("/today", cohort=who), className="btn btn-outline-primary")]
    if viewer.may_open("course"):
        lists += [" ", dcc.Link("Their measures in Course", href=address("/course", cohort=who), className="btn btn-outline-primary")]
    return [html.P(lists), _standing(viewer, who, people),
            html.Section([html.H2("Keep it"), form("/cohorts/change", "Keep", "cohorts-keep", [
                field("name", "Name (no patient's name)", owner="keep"),
                pick("shared", "Who may use it", [("no", "Only me"), ("yes", "Everybody, each for their own patients")], owner="keep"),
            ], {"change": "keep", "who": who})])]


def _standing(viewer, who: str, people: list):
    """Every measure that counts some of them, with the way to the people of each number."""
    rows = ask("cohort_rates", viewer, people=people) if people else []
    if not rows:
        return None
    return html.Details([html.Summary("How they stand, measure by measure"), standing(rows, who)], className="folded", open=True)


def _list(viewer, titles: dict):
    heads = [(said, style) for said, style in (("Cohort", ""), ("People who have", "wide"), ("Patients", "number"), ("Kept by", ""), ("", ""))]
    return listed("Cohorts", heads, [_row(viewer, one, titles, counted=at < COUNTED) for at, one in enumerate(saved.all_for(viewer))])


def _row(viewer, one, titles: dict, counted: bool) -> list:
    said = "; ".join(words.say(line, titles) for line in words.read(one.who))
    people = f"{len(people_of(viewer, one.who)):,}" if counted else "open to count"
    by = "ready-made" if one.source else ("you, shared" if one.shared else "you") if one.own else one.by
    uses = [dcc.Link(["In My panel", html.Span(f": {one.title}", className="visually-hidden")], href=address("/panel", cohort=one.id, show="all"))]
    source = html.Div(f"Source: {one.source}", className="quiet") if one.source else None
    return [dcc.Link(one.title, href=address("/cohorts", who=one.who)), [said, source],
            people, by, [*uses, *(_changes(one) if one.own else [])]]


def _changes(one) -> list:
    other = ("unshare", "Stop sharing") if one.shared else ("share", "Share")
    return [form("/cohorts/change", [html.Button(said, type="submit", className="btn btn-outline-primary", **{"aria-label": f"{said}: {one.title}"})],
                 f"cohorts-{change}-{one.id}", [], {"change": change, "cohort": one.id}) for change, said in (other, ("remove", "Remove"))]


@callback(Output("cohorts-count", "children"), Input("cohorts-fact", "value"), Input("cohorts-how", "value"), Input("cohorts-value", "value"),
          State("cohorts-kept-who", "value"), State("_pages_location", "search"))
def count_with_line(fact, how, value, who, _search):
    """How many would be left with the line that is being chosen."""
    viewer = current_viewer("cohorts")
    lines, fault = built(who, fact, how, value, "and")
    if fault or not lines:
        return "Say a number to see how many." if fault else ""
    return f"With this line: {count(len(people_of(viewer, words.write(lines))), 'patient', 'patients')}"


dash.register_page(__name__, path="/cohorts", name="Cohorts", title="Cohorts - Huddleboard", layout=layout, pickers=("scope", "plan"))

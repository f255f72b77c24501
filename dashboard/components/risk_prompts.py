"""Prompts for a person's documentation, in three lists: what speaks for each, and what was answered. None of it is in a score."""

from itertools import groupby

from dashboard.components.elements import html
from dashboard.components.words import day, place

KINDS = (("confirm", "Confirm this year"), ("consider", "Consider"), ("remove", "Consider removing"))
RECORD = "These are documentation prompts. Record only what you assess."
LAW = "An answer changes no score: claims do."


def prompts(rows: list, answer=None) -> list:
    """rows: of patient_risk_prompts; answer(rows of one prompt): what was said of it and the buttons of those who may answer, or None."""
    if not rows:
        return []
    asked, answered = ([row for row in rows if row.answered is held] for held in (False, True))
    parts = [html.P(f"{RECORD} {LAW}", className="quiet")]
    for kind, words in KINDS:
        told = _each(asked, kind, answer)
        parts += [html.H3(words), html.Ul(told, className="prompts")] if told else []
    told = [line for kind, _ in KINDS for line in _each(answered, kind, answer)]
    if told:
        words = html.Summary(["Answered prompts ", html.Span(f"{len(told):,}", className="quiet")])
        parts.append(html.Details([words, html.Ul(told, className="prompts")], className="folded"))
    return parts


def _each(rows: list, kind: str, answer) -> list:
    of_kind = sorted((row for row in rows if row.kind == kind), key=lambda row: (row.title, row.prompt))
    return [_prompt(list(same), answer) for _, same in groupby(of_kind, key=lambda row: (row.title, row.prompt))]


def _prompt(same: list, answer) -> html.Li:
    """One thing to answer, and all that speaks for it."""
    first, *more = [_reason(row) for row in same]
    return html.Li([html.Strong(same[0].title), ": ", *first, *[html.Div(reason) for reason in more], answer(same) if answer else None])


def _reason(row) -> list:
    sure = f", {row.confidence} confidence" if row.confidence else ""
    evidence = " · ".join(part for part in (day(row.last_date), place(row)) if part)
    return [f"{row.why}{sure}. ", html.Span(f"{evidence}. Source: {row.source}", className="quiet")]

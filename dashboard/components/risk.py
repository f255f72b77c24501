"""A person's risk: tier in words, the score and what moved it, and what to look at in the documentation."""

from decimal import Decimal

from dashboard.components.elements import html
from dashboard.components.words import day

ARROWS = {"up": ("▲", "up"), "down": ("▼", "down"), "same": ("", ""), None: ("", "")}
RULE = ("Risk tier: Charlson index of the diagnoses on claims of this year and the last (0 low, 1 to 2 medium, 3 to 4 high, 5 or more "
        "very high; Charlson 1987). The arrow compares with a year earlier.")
LACE_RULE = ("LACE index at discharge: length of stay, acuity, comorbidities, emergency visits in six months; 0 to 19 points, from 10 on a high risk "
             "of death or unplanned readmission within 30 days (van Walraven, CMAJ 2010;182:551). At least: a part is not on file yet, most often "
             "the hospital's bill.")
PROMPTS = (("confirm", "Confirm this year"), ("consider", "Consider"), ("remove", "Consider removing"))
RECORD = "These are documentation prompts. Record only what you assess."


def tier(row, *, named: bool = False):
    """row: risk_tier, risk_moved. 'high ▲ up'; nothing for who was never seen."""
    if not row.risk_tier:
        return ""
    sign, word = ARROWS[row.risk_moved]
    arrow = [" ", html.Span(sign, **{"aria-hidden": "true"}), f" {word}"] if word else []
    return html.Span([("risk " if named else "") + row.risk_tier, *arrow], title=RULE, className=f"risk-tier {row.risk_tier.replace(' ', '-')}")


def lace(row):
    """row: lace, lace_complete and the four points. 'LACE at least 10 high (L 4, A ?, C 3, E 3)'; nothing where no acute stay of an adult ended."""
    if row.lace is None:
        return ""
    points = zip("LACE", (row.length_points, row.acuity_points, row.comorbidity_points, row.emergency_points), strict=True)
    known = ", ".join(f"{letter} {'?' if point is None else point}" for letter, point in points)
    word, least = " high" if row.lace >= 10 else "", "" if row.lace_complete else "at least "
    return html.Div([html.Strong(f"LACE {least}{row.lace}{word}"), html.Span(f" ({known})", className="quiet")], title=LACE_RULE)


def risk(row, factors: list, prompts: list) -> html.Section:
    """row: of patient_risk; factors, prompts: of patient_risk_factors and patient_risk_prompts."""
    return html.Section([
        html.H2("Risk"),
        _tier_of(row),
        *(_score(row, factors) if row.is_medicare
          else [html.P("No CMS-HCC score: it is for Medicare, and no Medicare enrolment is on file.", className="quiet")]),
        *[_plan_score(score) for score in row.plan_scores],
        *_prompts(prompts),
    ], className="risk")


def _tier_of(row) -> html.P:
    if row.tier is None:
        return html.P(f"No risk tier: {row.untiered}.", title=RULE, className="quiet")
    before = f", a year ago {row.charlson_before}" if row.charlson_before is not None else ", a year ago not known"
    return html.P([html.Strong(row.tier.capitalize()), _arrow(row.moved), f": Charlson index {row.charlson}{before}",
                   f" ({', '.join(row.conditions)})" if row.conditions else "", f". Elixhauser {row.elixhauser}."], title=RULE)


def _plan_score(score: dict) -> html.P:
    """What a plan sent, as it sent it."""
    model = " ".join(part for part in (score["model"], score["model_version"]) if part)
    before = f", before {score['before']:.3f} ({day(score['before_date'])})" if score["before"] is not None else ""
    return html.P([f"{model}: ", html.Strong(f"{score['score']:.3f}"), f" as of {day(score['score_date'])}{before}. ",
                   html.Span(f"As computed and sent by {score['plan'] or 'the plan'}; not recomputed here.", className="quiet")])


def _arrow(moved: str | None) -> str:
    sign, word = ARROWS[moved]
    return f" {sign} {word}" if word else ""


def _score(row, factors: list) -> list:
    if row.raw_score is None:
        return [html.P(f"CMS-HCC score: not scoreable. {row.not_scoreable[0].upper()}{row.not_scoreable[1:]}.")]
    model, _, year = row.release.rpartition("-")
    before = f", last year {row.raw_score_before:.3f}" if row.raw_score_before is not None else ", last year not scored"
    by_v24 = f" (by V24 {row.raw_score_before_v24:.3f})" if row.raw_score_before_v24 is not None else ""
    moved = _moves(factors) if row.raw_score_before is not None else []
    return [
        html.P([f"CMS-HCC {model}, tables of {year}, {row.segment}: raw score ", html.Strong(f"{row.raw_score:.3f}"),
                f" so far this year{before}{by_v24}."]),
        html.P("What moved it:") if moved else None, html.Ul([html.Li(words) for words in moved]) if moved else None,
        _table(factors),
    ]


def _moves(factors: list) -> list[str]:
    """'+0.360 heart failure: found 3 May 2026', greatest first: only what changes the score. Bands of age are one factor."""
    changes, words = {}, {}
    for factor in factors:
        name = factor.factor if factor.is_condition else factor.label
        changes[name] = changes.get(name, Decimal(0)) + (factor.now or Decimal(0)) - (factor.before or Decimal(0))
        words[name] = f"{factor.label}{_why_moved(factor)}" if factor.is_condition else factor.label
    ordered = sorted((name for name in changes if changes[name]), key=lambda name: (-abs(changes[name]), name))
    return [f"{'+' if changes[name] > 0 else '−'}{abs(changes[name]):.3f} {words[name]}" for name in ordered]


def _why_moved(factor) -> str:
    return {"added": f": found {day(factor.first_date)}", "lost": ": on no claim of this year"}.get(factor.standing, "")


def _table(factors: list) -> html.Details:
    head = html.Tr([html.Th(words, scope="col") for words in ("Factor", "This year", "Last year", "Last claim", "File")])
    body = [html.Tr([html.Th(f"{factor.label} ({factor.factor})", scope="row"), html.Td(_number(factor.now), className="number"),
                     html.Td(_number(factor.before), className="number"), html.Td(day(factor.last_date)), html.Td(_place(factor), className="quiet")])
            for factor in factors]
    return html.Details([html.Summary("How it is made up"), html.Table([html.Caption("Every factor of the score", className="visually-hidden"),
                                                                       html.Thead(head), html.Tbody(body)], className="list", role="table")],
                        className="folded")


def _number(value) -> str:
    return "" if value is None else f"{value:.3f}"


def _place(row) -> str:
    return f"{row.file_name} row {row.row_number:,}" if row.file_name else ""


def _prompts(prompts: list) -> list:
    if not prompts:
        return []
    parts = [html.P(RECORD, className="quiet")]
    for kind, words in PROMPTS:
        rows = [row for row in prompts if row.kind == kind]
        if rows:
            parts += [html.H3(words), html.Ul([_prompt(row) for row in rows])]
    return parts


def _prompt(row) -> html.Li:
    sure = f", {row.confidence} confidence" if row.confidence else ""
    evidence = " · ".join(part for part in (day(row.last_date), _place(row)) if part)
    return html.Li([html.Strong(row.title), f": {row.why}{sure}. ", html.Span(f"{evidence}. Source: {row.source}", className="quiet")])

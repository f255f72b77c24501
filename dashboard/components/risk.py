"""A person's risk: tier in words, the score and what moved it, and what to look at in the documentation."""

from dashboard.components.elements import html
from dashboard.components.listing import listed
from dashboard.components.risk_diagnoses import diagnoses as which_count
from dashboard.components.risk_history import as_said, number, signed
from dashboard.components.risk_moves import moves
from dashboard.components.risk_prompts import prompts as what_to_look_at
from dashboard.components.words import day, place

ARROWS = {"up": ("▲", "up"), "down": ("▼", "down"), "same": ("", ""), None: ("", "")}
ILLNESS_RULE = ("Charlson index of the diagnoses on claims of this year and the last: 0 low, 1 to 2 medium, 3 to 4 high, 5 or more very high "
                "(Charlson 1987). The arrow compares with a year earlier.")
RULE = ("Risk: the predicted chance of a hospital admission within 12 months (high: the top 5 % of adults, medium: to the top 20 %; the arrow "
        f"compares with half a year earlier). Where no valid model of admissions scored the patient, by illnesses: {ILLNESS_RULE}")
LACE_RULE = ("LACE index at discharge: length of stay, acuity, comorbidities, emergency visits in six months; 0 to 19 points, from 10 on a high risk "
             "of death or unplanned readmission within 30 days (van Walraven, CMAJ 2010;182:551). At least: a part is not on file yet, most often "
             "the hospital's bill.")
CHRONIC_RULE = ("Told of on a claim or visit of two years, or on the problem list. Which conditions count is our choice out of the categories of the "
                "CMS Chronic Conditions Warehouse; its own code lists are not loaded. Sensitive conditions are not among them.")
RAW = "Raw: neither normalized nor adjusted for coding, since CMS's factors for it are not loaded."


def tier(row, *, named: bool = False):
    """row: risk_tier, risk_moved, risk_probability, charlson. 'high ▲ up', with what it goes by; nothing for who was never seen."""
    if not row.risk_tier:
        return ""
    sign, word = ARROWS[row.risk_moved]
    arrow = [" ", html.Span(sign, **{"aria-hidden": "true"}), f" {word}"] if word else []
    looks = f"risk-tier {row.risk_tier.replace(' ', '-')}"
    return html.Span([("risk " if named else "") + row.risk_tier, *arrow], title=_why_tier(row), className=looks)


def _why_tier(row) -> str:
    if row.risk_probability is None:
        return f"By illnesses, no prediction: Charlson index {row.charlson}. {ILLNESS_RULE}"
    return f"Predicted chance of a hospital admission within 12 months: {row.risk_probability:.0%}. {RULE}"


def lace(row):
    """row: lace, lace_complete and the four points. 'LACE at least 10 high (L 4, A ?, C 3, E 3)'; nothing where no acute stay of an adult ended."""
    if row.lace is None:
        return ""
    points = zip("LACE", (row.length_points, row.acuity_points, row.comorbidity_points, row.emergency_points), strict=True)
    known = ", ".join(f"{letter} {'?' if point is None else point}" for letter, point in points)
    word, least = " high" if row.lace >= 10 else "", "" if row.lace_complete else "at least "
    return html.Div([html.Strong(f"LACE {least}{row.lace}{word}"), html.Span(f" ({known})", className="quiet")], title=LACE_RULE)


def risk(row, factors: list, diagnoses: list, prompts: list, earlier: list = (), names: dict | None = None, chronic: list = (),
         answer=None) -> html.Section:
    """row: of patient_risk; factors, diagnoses, prompts, earlier: of patient_risk_factors, patient_risk_diagnoses, patient_risk_prompts and
    patient_risk_history; names: what factors are called, by release and factor; chronic: (title, last day) of each chronic condition;
    answer: what stands under a prompt."""
    of_v28, of_drugs = ([one for one in factors if (one.model == "V28") == is_v28] for is_v28 in (True, False))
    return html.Section([
        html.H2("Risk"),
        _tier_of(row),
        _illnesses(row),
        _chronic(chronic),
        *(_score(row, of_v28, diagnoses) if row.is_medicare else [html.P(_no_score(row), className="quiet")]),
        which_count(diagnoses),
        *as_said(row, of_v28, earlier, names or {}),
        _drug_score(row, of_drugs) if row.is_medicare else None,
        *[_plan_score(score) for score in row.plan_scores],
        *what_to_look_at(prompts, answer),
    ], className="risk")


def _tier_of(row) -> html.P:
    """The tier that every screen shows, and what it goes by."""
    if row.tier is None:
        return html.P("No risk tier: no prediction, and no illnesses to go by.", title=RULE, className="quiet")
    how = [f": {row.probability:.0%} predicted chance of a hospital admission within 12 months",
           f", half a year before {row.earlier_probability:.0%}" if row.earlier_probability is not None else ""] if row.by_prediction else [
           ": by illnesses, since no valid model of admissions scored this patient"]
    return html.P([html.Strong(row.tier.capitalize()), _arrow(row.moved), *how, "."], title=RULE)


def _illnesses(row) -> html.P:
    if row.illness_tier is None:
        return html.P(f"Illnesses: not known, {row.untiered}.", title=ILLNESS_RULE, className="quiet")
    before = f", a year ago {row.charlson_before}" if row.charlson_before is not None else ", a year ago not known"
    return html.P([f"Illnesses: {row.illness_tier}", _arrow(row.illness_moved), f", Charlson index {row.charlson}{before}",
                   f" ({', '.join(row.conditions)})" if row.conditions else "", f". Elixhauser {row.elixhauser}."], title=ILLNESS_RULE)


def _chronic(chronic: list) -> html.P:
    if not chronic:
        return html.P("No chronic condition is told of in two years.", title=CHRONIC_RULE, className="quiet")
    told = ", ".join(f"{title} ({day(on_date)})" for title, on_date in chronic)
    return html.P([html.Strong(f"{len(chronic)}"), f" chronic {'condition' if len(chronic) == 1 else 'conditions'}: {told}."], title=CHRONIC_RULE)


def _no_score(row) -> str:
    """The right model by payer: CMS-HCC and RxHCC say nothing of people without Medicare."""
    instead = "the plan's own score is below" if row.plan_scores else "the plan's own score (CDPS+Rx, HHS-HCC) is the one to go by, and none was sent"
    return f"No CMS-HCC score: it is valid for Medicare only, and no Medicare enrolment is on file; {instead}."


def _plan_score(score: dict) -> html.P:
    """What a plan sent, as it sent it."""
    model = " ".join(part for part in (score["model"], score["model_version"]) if part)
    before = f", before {score['before']:.3f} ({day(score['before_date'])})" if score["before"] is not None else ""
    return html.P([f"{model}: ", html.Strong(f"{score['score']:.3f}"), f" as of {day(score['score_date'])}{before}. ",
                   html.Span(f"As computed and sent by {score['plan'] or 'the plan'}; not recomputed here.", className="quiet")])


def _arrow(moved: str | None) -> str:
    sign, word = ARROWS[moved]
    return f" {sign} {word}" if word else ""


def _score(row, factors: list, diagnoses: list) -> list:
    if row.raw_score is None:
        return [html.P(f"CMS-HCC score: not scoreable. {_sentence(row.not_scoreable)}.")]
    before = f", last year {row.raw_score_before:.3f}" if row.raw_score_before is not None else ", last year not scored"
    moved = moves(row, factors, diagnoses) if row.raw_score_before is not None else []
    return [
        html.P([f"CMS-HCC {_tables(row.release)}, {row.segment}: raw score ", html.Strong(f"{row.raw_score:.3f}"),
                f" so far this year{before}{_by_v24(row)}.", html.Span(f" {RAW}", className="quiet")]),
        html.P("What moved it:") if moved else None, html.Ul([html.Li(words) for words in moved]) if moved else None,
        _table(factors),
    ]


def _by_v24(row) -> str:
    """What the change of models alone makes: last year's diagnoses by both."""
    if row.raw_score_before_v24 is None or row.raw_score_before is None:
        return ""
    change = row.raw_score_before - row.raw_score_before_v24
    makes = signed(change) if change else "no difference"
    return f" (the same diagnoses by V24 {row.raw_score_before_v24:.3f}: the change of model alone makes {makes})"


def _drug_score(row, factors: list):
    """RxHCC, a model of its own: what Part D pays for drugs by. Nothing where no enrolment says Part D."""
    if row.rx_release is None:
        return None
    if row.rx_score is None:
        return html.P(f"RxHCC score (Part D drugs): not scoreable. {_sentence(row.rx_not_scoreable)}.")
    model = _tables(row.rx_release.removeprefix("RxHCC-"))
    words = [f"RxHCC {model}, Part D drugs, {row.rx_segment}: raw score ", html.Strong(f"{row.rx_score:.3f}"), " so far this year."]
    rows = [[_name(factor), number(factor.now)] for factor in factors]
    table = listed("Every factor of the drug score", [("Factor", ""), ("This year", "number")], rows)
    made = html.Details([html.Summary("How the drug score is made up"), table], className="folded")
    return html.Div([html.P(words), made])


def _tables(release: str) -> str:
    model, _, year = release.rpartition("-")
    return f"{model}, tables of {year}"


def _sentence(words: str) -> str:
    return words[0].upper() + words[1:]


def _table(factors: list) -> html.Details:
    rows = [[_name(factor), number(factor.now), number(factor.before), day(factor.last_date), place(factor)] for factor in factors]
    heads = [("Factor", ""), ("This year", "number"), ("Last year", "number"), ("Last claim", ""), ("File", "quiet")]
    return html.Details([html.Summary("How it is made up"), listed("Every factor of the score", heads, rows)], className="folded")


def _name(factor) -> str:
    return f"{factor.label} ({factor.factor})"

"""Risk: scores of Medicare people by practice, what was named again, and what would be added or removed."""

from collections import Counter

import dash

from dashboard.access import current_viewer
from dashboard.access.selection import Selection, current_selection
from dashboard.cohorts.chosen import chosen, limit_of
from dashboard.cohorts.saved import all_for
from dashboard.components.cohort import folded_filter, only_of
from dashboard.components.elements import dcc, html
from dashboard.components.listing import listed
from dashboard.components.risk_groups import groups
from dashboard.components.risk_prompts import LAW, RECORD
from dashboard.components.roll_up import counted, per_cent
from dashboard.components.states import empty
from dashboard.components.words import count
from dashboard.queries import ask
from dashboard.statistics import enough

HEADS = [("Practice", ""), ("Scoreable", "number"), ("Score so far", "number"), ("Last year", "number"), ("Change", "number"),
         ("V28 less V24", "number"), ("Named again", "number"), ("Confirm", "number"), ("Consider", "number"), ("Remove", "number")]
WORDS = (
    ("Score", "mean raw score of CMS-HCC V28, neither normalized nor adjusted, of patients scored in both years; this year is not over."),
    ("V28 less V24", "last year's score by both models, from the same diagnoses: what the model alone changes."),
    ("Named again", "of the lasting conditions that counted last year, the part that a claim of this year names too."),
    ("Confirm", "lasting conditions that counted last year and are on no claim of this year, and of which nobody said anything yet."),
    ("Consider", "conditions that laboratory results, drugs or other claims suggest and no claim of this year names, not answered yet."),
    ("Remove", "conditions in this year's score that look unsupported, not answered yet; OIG: of a group of diagnoses that federal "
     "auditors (HHS OIG) doubt."),
    ("Confirmed, removed", "what physicians said of prompts this year: assessed and to be documented, or not present. Until new "
     "evidence comes."),
    ("Patients", "open the list of those whom lists may show; sensitive conditions count here and are on no list."),
)


def layout(cohort=None, **_):
    """The screen, of a cohort where one is chosen; URL = state."""
    viewer = current_viewer("risk")
    cohort = chosen(viewer, cohort)
    limit = {"people": limit_of(viewer, cohort)}
    rows, answers = ask("risk_by_place", viewer, **limit), Answers(ask("prompts_answered", viewer, **limit))
    choice = folded_filter(all_for(viewer), cohort, "/risk", current_selection().values())
    if not rows:
        return html.Div([html.H1("Risk"), choice, empty("No Medicare patients here: CMS-HCC scores are for Medicare only.")], className="page")
    return html.Div([
        html.H1([html.Strong(f"{sum(row.missing for row in rows):,}"), " lasting conditions of last year are on no claim of this year"]),
        choice,
        only_of(cohort, "so are the lists behind the prompts"),
        html.P(balance(rows)),
        html.P(answers.balance()),
        html.P(f"{RECORD} {LAW}", className="quiet"),
        unscored(rows, ask("risk_reasons", viewer, **limit)),
        listed("Risk by practice", HEADS, [cells(row, answers, cohort.who if cohort else "") for row in (*groups(rows), *rows)], wraps=True),
        html.Details([html.Summary("What the columns say"), html.Dl([part for term, words in WORDS for part in (html.Dt(term), html.Dd(words))])],
                     className="folded"),
    ], className="page")


class Answers:
    """What was said of prompts, by place. rows: of prompts_answered."""

    def __init__(self, rows: list):
        self._by_place = Counter()
        for row in rows:
            for place in ((row.group_id, row.practice_id), (row.group_id, None), None):
                self._by_place[place, row.prompt, row.answer] += row.prompts

    def of(self, place, prompt: str) -> tuple[int, int]:
        """(confirmed, removed) of a kind of prompt; place: (group, practice), (group, None) for all of a group, None for everywhere."""
        return self._by_place[place, prompt, "documented"], self._by_place[place, prompt, "not_present"]

    def balance(self) -> str:
        """The same ratio from what physicians said: what they would add beside what they would take away."""
        (confirm, no), (consider, unlike), (keeps, removes) = (self.of(None, prompt) for prompt in ("confirm", "consider", "remove"))
        if not any((confirm, no, consider, unlike, keeps, removes)):
            return "Answered this year: no prompt yet."
        return (f"Answered this year: {confirm + consider:,} confirmed, to be documented, {removes:,} to be removed from claims "
                f"({ratio(confirm + consider, removes, 'none to remove')}); {no + unlike:,} said not to be present, {keeps:,} supported and kept.")


def balance(rows: list) -> str:
    """Adds beside removes: a list that only adds is half a list."""
    adds, removes = sum(row.confirm + row.consider for row in rows), sum(row.remove for row in rows)
    return (f"Adds and removes not answered yet: {count(adds, 'prompt', 'prompts')} to confirm or consider, {removes:,} to remove "
            f"({ratio(adds, removes, 'nothing to remove was found')}).")


def ratio(adds: int, removes: int, without: str) -> str:
    """3.2 to 1; other words where nothing is taken away."""
    return f"{adds / removes:.1f} to 1" if removes else without


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


def cells(row, answers: Answers, who: str) -> list:
    """A row of a practice, or of a group; means of few patients are not told. who: the words of the cohort chosen, "" for everybody."""
    few = not enough(row.twice)
    again = per_cent(row.kept / (row.kept + row.missing)) if row.kept + row.missing else ""
    means = ["too\N{NO-BREAK SPACE}few"] * 4 if few else [f"{row.now:.3f}", f"{row.before:.3f}", signed(row.now - row.before),
                                         signed(row.before - row.before_v24) if row.before_v24 is not None else ""]
    audited = f" ({row.high_risk:,}\N{NO-BREAK SPACE}OIG)" if row.high_risk else ""
    said = {kind: answered(*answers.of((row.group_id, row.practice_id), kind)) for kind in ("confirm", "consider", "remove")}
    asked = {"confirm": prompts(row, "confirm", row.confirm, row.confirm_people, who),
             "consider": prompts(row, "consider", row.consider, row.consider_people, who),
             "remove": prompts(row, "remove", row.remove, row.remove_people, who, audited)}
    return [place_link(row), f"{row.scored:,} of\N{NO-BREAK SPACE}{row.people:,}", *means, again, *[[*asked[kind], said[kind]] for kind in asked]]


def answered(confirmed: int, removed: int) -> html.Div | None:
    """3 confirmed, 1 removed, a line each: what was said of prompts of a kind."""
    return html.Div([f"{confirmed:,} confirmed", html.Br(), f"{removed:,} removed"], className="quiet") if confirmed or removed else None


def place_link(row):
    """The practice, and the way to it."""
    name = row.practice_name or row.practice_id or "No practice"
    return dcc.Link(name, href=of_practice(row).address("/practice")) if row.practice_id else name


def of_practice(row) -> Selection:
    """What is selected, in this practice alone."""
    chosen = current_selection()
    return Selection("practice", row.practice_id, chosen.contract, chosen.period)


def prompts(row, kind: str, number: int, people: int, who: str, more: str = "") -> list:
    """How many prompts, and their people one click away: prompt=<kind> as a cohort is exactly those."""
    if not people:
        return [f"{number:,}{more}", html.Div("on no list", className="quiet") if number and row.practice_id else None]
    href = of_practice(row).address("/panel", cohort=";".join(filter(None, (who, f"prompt={kind}"))), show="all")
    words = "\N{NO-BREAK SPACE}patient" if people == 1 else "\N{NO-BREAK SPACE}patients"
    return [f"{number:,}{more}", html.Br(), counted(people, href, words) if row.practice_id else f"{people:,}{words}"]


def signed(change: float) -> str:
    """+0.012 or −0.012."""
    return f"{'−' if change < 0 else '+'}{abs(change):.3f}"


dash.register_page(__name__, path="/risk", name="Risk", title="Risk - Huddleboard", layout=layout, pickers=("scope", "plan"))

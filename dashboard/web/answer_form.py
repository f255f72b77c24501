"""The buttons under a gap or a documentation prompt, and what was answered: forms, so that they work without a script and by keyboard."""

from collections import Counter
from datetime import date, timedelta

from dashboard.access import rules
from dashboard.access.selection import address, current_selection
from dashboard.access.tokens import token_of
from dashboard.answers import keep
from dashboard.answers.kinds import LATER, PROMPT, UNDONE, answers, reasons, settles, words
from dashboard.answers.services import services_of
from dashboard.components.as_of import is_today, moment_in_words
from dashboard.components.elements import dcc, html
from dashboard.components.words import day, number
from dashboard.house import house
from dashboard.queries import ask, current_year
from dashboard.state.models import utc_now
from dashboard.web.form import field, form, pick

WITH_DETAILS = ("done", "not_applicable")


def proposals(viewer) -> list[tuple]:
    """(row of proposed_gaps, what was proposed, who proposed it) of the viewer's people, of this year; none where the past is shown."""
    if current_selection().as_of:
        return []
    waiting = {(row.person, row.measure_id): row for row in keep.proposals(house().store) if row.period == current_year()}
    if not waiting:
        return []
    rows = ask("proposed_gaps", viewer, people=[person for person, _ in waiting], measures=[measure for _, measure in waiting])
    said = [(row, waiting[row.person, row.measure_id]) for row in rows]
    return [(row, words(one.kind, one.reason), f"{one.display_name}, {moment_in_words(one.at)}") for row, one in said]


def asked_now(prompts: list) -> list:
    """Of rows of today_prompts those that were not put off today, and for which nobody proposed an answer: proposals stand in a list of their own."""
    if not prompts or current_selection().as_of:
        return prompts
    newest = keep.of_people(house().store, {row.person for row in prompts})
    said = [newest.get(keep.Gap(row.prompt, row.person, row.period, 0)) for row in prompts]
    return [row for row, one in zip(prompts, said, strict=True) if one is None or not (one.proposed or (one.kind == LATER and is_today(one.at)))]


def old_disputes(viewer, days: int) -> dict[str, int]:
    """How many gaps of the viewer's people have been disputed for longer than so many days, by measure; none where the past is shown."""
    if current_selection().as_of:
        return {}
    rows = keep.disputes(house().store, utc_now() - timedelta(days=days))
    mine = {row.person for row in ask("own_people", viewer)} if rows else set()
    return Counter(row.measure_id for row in rows if row.person in mine)


class Desk:
    """The answers of one patient's page: who looks, and what was said of the patient's gaps."""

    def __init__(self, viewer, person: int):
        self.viewer, self.person = viewer, person
        self.newest = _said_by_then(viewer, keep.of_person(house().store, person))
        self.told = keep.supplements(house().store, {row.id for row in self.newest.values() if row.kind == "done"})
        self.token = token_of(house().key, viewer.user_id, person)

    def of(self, row):
        """The newest answer of a row of patient_gaps, or None."""
        return self.newest.get(keep.Gap(row.measure_id, self.person, row.period, row.unit))

    def short(self, row) -> str:
        """The line of a gap that its answer changes: who answered what, what is new since, or what is proposed; '' else."""
        said = self.of(row)
        if said is None or said.kind == UNDONE:
            return ""
        who = f"{said.display_name}, {moment_in_words(said.at)}"
        if row.status == "answered":
            return f"{words(said.kind, said.reason).capitalize()}: {who}"
        if said.proposed and row.counted_standing <= 3:
            return f"Proposed, {words(said.kind, said.reason)}: {who}. Waits for the physician."
        if row.answer_id == said.id and row.fresh and row.counted_standing <= 3:
            return f"New since it was answered ({words(said.kind, said.reason)}, {who}): {'; '.join(map(_fact, row.fresh))}"
        return ""

    def block(self, row) -> html.Div | None:
        """What stands under a gap: the answer with its undoing, and the buttons of those who may answer."""
        said = self.of(row)
        parts = [_said(said, self.told.get(said.id), self._proof(said)) if said is not None and said.kind != UNDONE else None]
        if self.viewer.role in rules.ANSWERS and not current_selection().as_of and row.counted_standing <= 3:
            parts += self._buttons(row, said)
        return html.Div(parts, className="answer") if any(parts) else None

    def prompt(self, same: list) -> html.Div | None:
        """What stands under a documentation prompt. same: rows of patient_risk_prompts, all that speaks for it."""
        row, gap = same[0], keep.Gap(same[0].prompt, self.person, current_year(), 0)
        said = self.newest.get(gap)
        parts = [self._said_of_prompt(same, said)] if said is not None and said.kind != UNDONE else []
        mine = [kind for kind in answers(PROMPT) if rules.may_answer(self.viewer.role, kind.answer)]
        if mine and not current_selection().as_of:
            hidden = {"token": self.token, "measure_id": row.prompt, "period": str(gap.period), "unit": "0", "follows": str(said.id if said else 0)}
            first, *changes = self._undo(said, row.prompt, hidden), self._confirm(said, row.prompt, hidden), self._direct(mine, row.prompt, hidden)
            parts += [first, html.Details([html.Summary("Change the answer"), *changes], className="twin")] if row.answered else [first, *changes]
        return html.Div(parts, className="answer") if any(parts) else None

    def _said_of_prompt(self, same: list, said) -> html.Div:
        """Who said what; where new evidence brought the prompt back, what that is; a proposal waits."""
        fresh = [_fact(row.evidence) for row in same if row.evidence not in said.known] if settles(said.kind, said.proposed) else []
        more = f"New since then: {'; '.join(fresh)}." if fresh else "Proposed: waits for the physician." if said.proposed else None
        return html.Div([_said(said, None, None), html.P(more) if more else None], className="answer-prompt")

    def _proof(self, said) -> str | None:
        told = self.told.get(said.id)
        return f"/proof/{self.token}/{said.id}" if told is not None and told.proof else None

    def _buttons(self, row, said) -> list:
        owner = f"{row.measure_id}-{row.unit}".replace("_", "-")
        hidden = {"token": self.token, "measure_id": row.measure_id, "period": str(row.period), "unit": str(row.unit),
                  "follows": str(said.id if said else 0)}
        mine = [kind for kind in answers() if rules.may_answer(self.viewer.role, kind.answer)]
        forms = [self._confirm(said, owner, hidden), self._undo(said, owner, hidden), self._direct(mine, owner, hidden),
                 *[self._detailed(kind, row, owner, hidden) for kind in mine if kind.answer in WITH_DETAILS]]
        if row.status == "answered":
            return [forms[1], html.Details([html.Summary("Change the answer"), *forms[2:]], className="twin")]
        return forms

    def _confirm(self, said, owner: str, hidden: dict):
        if said is None or not said.proposed or self.viewer.role != "physician" or said.kind == "done":
            return None
        return form(address("/answer"), "Confirm the proposal", f"confirm-{owner}", [], hidden | {"kind": said.kind, "reason": said.reason})

    def _undo(self, said, owner: str, hidden: dict):
        if said is None or not keep.may_undo(said, self.viewer):
            return None
        return form(address("/answer/undo"), "Undo", f"undo-{owner}", [], hidden | {"answer_id": str(said.id)})

    def _direct(self, mine: list, owner: str, hidden: dict) -> html.Form:
        buttons = [html.Button(kind.button, type="submit", name="kind", value=kind.answer, className="btn btn-outline-primary")
                   for kind in mine if kind.answer not in WITH_DETAILS]
        # Before the buttons, since each of them sends the form.
        note = html.Details([html.Summary("Add a note first"), field("note", "Note, goes with the answer", need=False, owner=f"answer-{owner}")],
                            className="twin answer-note")
        return form(address("/answer"), buttons, f"answer-{owner}", [note], hidden)

    def _detailed(self, kind, row, owner: str, hidden: dict) -> html.Details:
        owner = f"{kind.answer.replace('_', '-')}-{owner}"
        fields, files = (_done(row, owner), True) if kind.answer == "done" else (_why_not(owner), False)
        sent = form(address("/answer"), "Save", owner, fields, hidden | {"kind": kind.answer}, files=files)
        return html.Details([html.Summary(kind.button, className="btn btn-outline-primary"), sent], className="answer-more")


def _said_by_then(viewer, newest: dict) -> dict:
    """Of answers those that the shown version can know: all but where the past is shown."""
    if not current_selection().as_of:
        return newest
    until = ask("release", viewer)[0].published_at
    return {gap: row for gap, row in newest.items() if row.at <= until}


def _why_not(owner: str) -> list:
    chosen = [(kind.reason, kind.button) for kind in reasons("not_applicable")]
    return [pick("reason", "Why not", chosen, owner=owner), field("note", "Note, if you like", need=False, owner=owner)]


def _done(row, owner: str) -> list:
    """What a plan asks for; what is left out is said when it is saved, and never refused."""
    offered = services_of(row.measure_id)
    if not offered:
        return [html.P("The plan takes this measure from claims only: your answer is kept, but does not count by itself.", className="quiet"),
                field("note", "Note, if you like", need=False, owner=owner)]
    asks = next((service.result for service in offered if service.result), "")
    hint = {"pressure": "Result, as 128/76", "number": "Result, as a number", "text": "Result, if there is one"}.get(asks)
    return [pick("service", "What was done", [(service.service, service.title) for service in offered], owner=owner),
            field("on_date", "When", kind="date", need=False, owner=owner),
            *([field("result", hint, need=False, owner=owner)] if hint else []),
            field("place", "Where", need=False, owner=owner), field("practitioner", "By whom", need=False, owner=owner),
            _file(owner), field("note", "Note, if you like", need=False, owner=owner)]


def _file(owner: str) -> html.Div:
    identity = f"form-{owner}-proof"
    line = dcc.Input(id=identity, name="proof", type="file", className="form-control")
    return html.Div([html.Label("Proof (PDF, PNG or JPEG)", htmlFor=identity), line], className="field")


def _said(said, told, proof: str | None) -> html.P:
    parts = [f"{said.display_name} ({said.role}) said {moment_in_words(said.at)}: ", html.Strong(words(said.kind, said.reason)), "."]
    parts += [f" {said.note}"] if said.note else []
    if told is not None:
        parts.append(f" Done {day(told.on_date)}" + "".join(f", {part}" for part in (told.result, told.place, told.practitioner) if part) + ".")
        parts += [" The plan will not count this without more: ", ", ".join(told.lacks), "."] if told.lacks else []
    parts += [" ", html.A("See the proof", href=proof, target="_blank")] if proof else []
    return html.P(parts, className="answer-said")


def _fact(word: str) -> str:
    on_date, _, value = word.partition(" ")
    told = day(date.fromisoformat(on_date))
    return f"{number(float(value))} on {told}" if value else told

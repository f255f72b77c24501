"""The huddle sheet and the words for slow pages: pure functions of rows."""

import json
from datetime import date, datetime
from types import SimpleNamespace

import pytest

from dashboard.components.huddle import half_day, huddle_sheet, in_short, initials_of
from dashboard.components.words import claims_in_words, day

MORNING, NOON = datetime(2026, 11, 23, 8, 20), datetime(2026, 11, 23, 13, 0)
LINES = {"title": "HUDDLE", "printed": "printed 06:12", "as_of": "", "late": "", "sheet": "7F3A-22"}


def visit(**known):
    return SimpleNamespace(**{"person": 1, "start_at": MORNING, "first_name": "Maria", "last_name": "Lopez", "age": 67, "sex": "female", "language": "es",
                              "interpreter_needed": True, "plans": "Plan A", "risk_tier": None, "risk_moved": None, "new_here": False,
                              "last_visit_date": None, "next_visit_at": None} | known)


def action(measure_id, assistant_action):
    return SimpleNamespace(person=1, measure_id=measure_id, title=measure_id, status="open", assistant_action=assistant_action, action="", values=None, why=None,
                           better="higher", on_date=None)


def sheet(**how):
    return json.dumps(huddle_sheet([visit()], {1: [action("GSD", "Point-of-care A1c"), action("CBP", "BP twice"), action("COL", None)]}, **LINES, **how))


def test_a_box_that_was_ticked_on_screen_is_ticked_on_paper():
    told = sheet(ready=lambda action: "prepped by J. Ruiz" if action.measure_id == "GSD" else "")
    assert told.count('"ticked"') == 1 and "MA: tick when prepped" in told
    assert '"ticked"' not in sheet()


def test_the_interpreter_is_called_ten_minutes_before():
    assert "call interpreter before 08:10" in sheet()


def test_a_sheet_may_do_without_names():
    assert "Lopez, Maria" in sheet() and "Lopez" not in sheet(initials=True) and "L.M." in sheet(initials=True)
    assert initials_of(visit(first_name=None, last_name=None)) == "Name not sent"


def prompt(kind, title, day=None):
    return SimpleNamespace(kind=kind, title=title, last_date=day)


@pytest.mark.parametrize(("prompts", "said"), [
    ([prompt("confirm", "Heart failure", date(2026, 5, 3))], "confirm: Heart failure (5/3/26)"),
    ([prompt("confirm", "A"), prompt("remove", "B"), prompt("consider", "C")], "confirm: A; consider removing: B; +1 more")])
def test_what_to_look_at_in_the_documentation(prompts, said):
    assert in_short(prompts) == said
    assert in_short(prompts, named=1) in sheet(prompts={1: prompts}) and in_short(prompts, named=1) not in sheet(prompts={2: prompts})


def test_half_a_day_is_said_where_all_visits_lie_in_it():
    assert (half_day([visit()]), half_day([visit(start_at=NOON)]), half_day([visit(), visit(start_at=NOON)]), half_day([])) == (" AM", " PM", "", "")


@pytest.mark.parametrize(("lines", "said"), [(1_234_567, "1.23 M claims"), (340_400, "340 K claims"), (12, "12 claims"), (None, "claims"), (0, "claims")])
def test_what_a_slow_page_counts(lines, said):
    assert claims_in_words(lines) == said


def test_on_screen_a_day_is_written_as_everywhere_there():
    assert in_short([prompt("confirm", "Heart failure", date(2026, 5, 3))], dated=day) == "confirm: Heart failure (3 May 2026)"

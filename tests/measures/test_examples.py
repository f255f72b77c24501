"""The examples tables of measures/examples: all people in one run of the engine, every outcome as a clinician expects it."""

from dataclasses import replace

import pytest

from dashboard import database
from dashboard.measures import examples as ex


def test_every_example_is_as_expected(cards, people):
    connection = database.connect()
    ex.load_people(connection, cards, people)
    assert ex.differing(people, ex.run_examples(connection, cards, people)) == []


def test_an_example_that_is_not_as_expected_is_named(cards, people):
    connection = database.connect()
    wrong = [replace(people[0], expect={"": (ex.Expected("exception"),)}, person=1, text="exception")]
    ex.load_people(connection, cards, wrong)
    [said] = ex.differing(wrong, ex.run_examples(connection, cards, wrong))
    assert wrong[0].place in said and wrong[0].case in said and "expects exception, found" in said


def read(tmp_path, cards, text):
    """The examples of a folder with one file, COL-E.md."""
    (tmp_path / "examples").mkdir()
    (tmp_path / "examples" / "COL-E.md").write_text(text)
    return ex.read_examples(replace(cards, folder=tmp_path))


def test_named_histories_are_spelled_out(tmp_path, cards):
    [example] = read(tmp_path, cards, """
## CMS130, 2026-01-01 to 2026-12-31, as of 2026-09-30

| history | stands for |
|---------|------------|
| seen    | office_visit 2026-03-02 |
| twice   | seen; office_visit 2026-04-02 |

| case | born       | history              | expect |
|------|------------|----------------------|--------|
| one  | 1960-05-01 | twice; without seen  | gap    |
""".replace("without seen", "without office_visit 2026-03-02"))
    assert example.items == ("office_visit 2026-04-02",)
    assert str(example.period.as_of) == "2026-09-30"


def test_faults_are_named_all_at_once_with_their_line(tmp_path, cards):
    with pytest.raises(ex.ExampleError) as fault:
        read(tmp_path, cards, """## CMS130, 2026-01-01 to 2026-12-31
| case | born | history | expect |
|------|------|---------|--------|
| one | 1960-05-01 | | closed |
| two | 1960-05-01 | without seen | gap |
## CMS99, 2026-01-01 to 2026-12-31
""")
    said = str(fault.value).splitlines()
    assert [line.split(": ")[0] for line in said] == ["COL-E.md:4", "COL-E.md:5", "COL-E.md:6"]
    assert "expects 'closed'" in said[0] and "no variant 'CMS99'" in said[2]


@pytest.mark.parametrize("text, wanted", [
    ("gap", {"a": ["gap"], "b": ["gap"]}),
    ("a: numerator, b: gap in stratum 2", {"a": ["numerator"], "b": ["gap"]}),
    ("a: 2026-03-01 numerator, 2026-05-04 gap", {"a": ["numerator", "gap"], "b": ["not eligible"]}),
    ("medicare: gap, medicaid: exclusion", {"a": ["gap", "exclusion"], "b": ["gap", "exclusion"]}),
])
def test_what_a_cell_expects(text, wanted):
    assert {rate: [one.state for one in expected] for rate, expected in ex.read_expect(text, ["a", "b"]).items()} == wanted


@pytest.mark.parametrize("found, fitting", [
    ([("gap", 1)], True),
    ([("gap", 2)], False),
    ([("gap", 1), ("gap", 1)], True),           # two contracts that agree
    ([("gap", 1), ("numerator", 1)], False),    # two that do not
    ([], False),
])
def test_fitting_one_person(found, fitting):
    outcomes = [ex.Outcome(state, "", f"line {place}", stratum) for place, (state, stratum) in enumerate(found)]
    assert ex.fits((ex.Expected("gap", stratum=1),), outcomes) is fitting


def test_units_are_matched_by_their_day():
    expected = (ex.Expected("numerator", "2026-03-01"), ex.Expected("gap", "2026-05-04"))
    assert ex.fits(expected, [ex.Outcome("gap", "2026-05-04", "", None), ex.Outcome("numerator", "2026-03-01", "", None)])
    assert not ex.fits(expected, [ex.Outcome("gap", "2026-03-01", "", None), ex.Outcome("numerator", "2026-05-04", "", None)])
    assert not ex.fits(expected, [ex.Outcome("numerator", "2026-03-01", "", None)])


@pytest.mark.parametrize("populations, state", [
    ((True, False, False, False, False), "gap"),
    ((True, True, True, True, False), "exclusion"),
    ((True, False, True, True, False), "numerator"),
    ((True, False, True, True, True), "numerator exclusion"),
    ((True, False, True, False, False), "exception"),
    ((False, True, False, True, False), "not in denominator"),
])
def test_the_hierarchy_of_populations(populations, state):
    assert ex.state_of(*populations) == state

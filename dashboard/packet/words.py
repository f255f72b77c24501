"""Words that paper and file share."""

from dashboard.components.words import day, sentence

KINDS = {"confirm": "Confirm this year", "consider": "Consider", "remove": "Consider removing"}
PROMPTS = "These are documentation prompts. Record only what you assess."
UNCHANGED = "Nothing is on file: no measure here joined or left a programme whose lists are loaded, and none asks for anything else than before."
CHANGES = {
    "joined": "New in {programme} of {year}",
    "left": "In {programme} of {before}, no longer in that of {year}",
    "rule": "Asks for something else than on {since}",
    "counted": "Counted here since {since} or later",
}


def said(clause) -> str:
    """A clause of the card as its sentence."""
    return sentence(clause.text)


def change_words(row, year: int) -> str:
    """What changed about a measure; row: of `measure_changes`."""
    return CHANGES[row.kind].format(programme=row.programme, year=year, before=year - 1, since=day(row.since))

"""Empty, late and missing: the words for when there is nothing to show."""

from dashboard.components.elements import html

NO_APPOINTMENTS = "No appointments received. Showing your panel by last day to close."
NOTHING_DUE = "Nothing due for these {people} people."
NO_PEOPLE = "No people are assigned to you yet. Ask your administrator which clinician, practice or group you work for."
NO_MATCH = "Nobody in this list matches. Search looks for part of a name, a full birth date (1959-03-07) or a full id."
NEW_PATIENT = "No history yet - not in any measure until 1 Jan."
MAY_BE_DONE = "{people} may already be done."
ASK = "Ask {whom}."  # who to ask: dashboard.settings.contact
COUNTS_ONLY = "You can see counts for this group, not names. Ask {whom}."


def empty(text: str, offer=None) -> html.Div:
    """A quiet box where a list would be, with a way on."""
    return html.Div([html.P(text), offer], className="empty")


def note(text: str) -> html.P:
    """A line that explains what is missing from a screen."""
    return html.P(text, className="note")


def told_line(words: str, *, here: bool = False) -> html.P | None:
    """What a form just did. here: it stands where the form was, and does not follow the eye; live.js gives it the focus."""
    return html.P(words, className="told here" if here else "told", role="status", tabIndex="-1") if words else None

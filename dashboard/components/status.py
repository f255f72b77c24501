"""How a gap stands: a shape, a word and a colour, always together."""

from dashboard.components.elements import html

# status -> (class, word). The shapes are drawn in huddleboard.css and survive grey-scale print.
WORDS = {
    "open_due_soon": ("open", "Open, due this month"),
    "open": ("open", "Open"),
    "likely_done": ("likely", "Likely done - claim not in yet"),
    "answered": ("answered", "Answered"),
    "prospective": ("prospective", "Not due yet"),
    "missed": ("missed", "Too late this year"),
    "closed": ("closed", "Closed"),
    "excluded": ("excluded", "Does not apply"),
}


def status_word(status: str) -> html.Span:
    """The status as shape + word."""
    shape, word = WORDS[status]
    return html.Span([html.Span(className=f"shape {shape}", **{"aria-hidden": "true"}), word], className=f"status {shape}")


def tick(met: bool | None) -> html.Span:
    """Met, not met or not known, as a sign with a word for those who hear it."""
    sign, word = {True: ("✓", "met: "), False: ("✗", "not met: "), None: ("–", "not known: ")}[met]
    parts = [html.Span(sign, **{"aria-hidden": "true"}), html.Span(word, className="visually-hidden")]
    return html.Span(parts, className=f"tick tick-{met}".lower())

"""A plain table of few rows: real headings; on narrow screens it scrolls sideways by itself, or becomes cards."""

from dashboard.components.elements import html


def table(caption: str, headings: list[str], rows: list[list], numbers: tuple[int, ...] = (), *, stacks: bool = False) -> html.Div:
    """rows: cells as texts or components, the first names its row; numbers: places of columns that align right; stacks: of sentences rather than
    numbers, so cards on a phone. The caption is heard, not seen."""
    head = html.Tr([html.Th(words, scope="col", className=_style(place, numbers)) for place, words in enumerate(headings)])
    body = [html.Tr([_cell(place, cell, numbers, headings) for place, cell in enumerate(row)]) for row in rows]
    drawn = html.Table([html.Caption(caption, className="visually-hidden"), html.Thead(head), html.Tbody(body)],
                       className="plain stacks" if stacks else "plain", role="table")
    return html.Div(drawn, className="scroll", tabIndex="0", role="region", **{"aria-label": caption})


def _cell(place: int, cell, numbers: tuple[int, ...], headings: list[str]):
    return html.Td(cell, className=_style(place, numbers), **{"data-label": headings[place]}) if place else html.Th(cell, scope="row")


def _style(place: int, numbers: tuple[int, ...]) -> str:
    return "number" if place in numbers else ""

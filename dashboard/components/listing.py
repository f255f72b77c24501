"""Lists: filter chips in words, column headings that sort, a pager. Each is a link, so that the URL is the state."""

from dashboard.components.elements import dcc, html


def chips(choices: list[tuple[str, str, int | None]], chosen: str, link, label: str = "Show") -> html.Nav:
    """choices: (value, words, count or None); link(value) gives the address."""
    return html.Nav(html.Ul([html.Li(_chip(value, words, count, value == chosen, link)) for value, words, count in choices]),
                    className="chips", **{"aria-label": label})


def _chip(value: str, words: str, count: int | None, chosen: bool, link) -> dcc.Link:
    # dcc.Link takes no aria-current, so the chosen chip says it in words.
    told = [html.Span("shown: ", className="visually-hidden")] if chosen else []
    number = html.Span(f"{count:,}", className="chip-count") if count is not None else None
    return dcc.Link([*told, words, number], href=link(value), className="chip chosen" if chosen else "chip")


def sort_heading(words: str, value: str, chosen: str, link, **style) -> html.Th:
    """A column heading that sorts by its column."""
    order = {"aria-sort": "descending" if value in ("gaps", "risk") else "ascending"} if value == chosen else {}
    return html.Th(dcc.Link(words, href=link(value), className="sort chosen" if order else "sort"), scope="col", **order, **style)


def pager(page: int, page_size: int, total: int, link) -> html.Nav | None:
    """Where one is in a long list, and the way on and back."""
    pages = max(1, -(-total // page_size))
    if pages == 1:
        return None
    first, last = (page - 1) * page_size + 1, min(page * page_size, total)
    steps = [dcc.Link("Previous", href=link(page - 1), className="btn btn-outline-primary")] if page > 1 else []
    steps += [dcc.Link("Next", href=link(page + 1), className="btn btn-outline-primary")] if page < pages else []
    return html.Nav([html.Span(f"{first:,} to {last:,} of {total:,}"), *steps], className="pager", **{"aria-label": "Pages of the list"})


def listed(caption: str, heads: list[tuple], rows: list[list], *, roomy: bool = False, wraps: bool = False) -> html.Table:
    """A long list that becomes cards on a phone. heads: (words, class) a column, with the heading itself where it is more than words; rows: cells,
    the first names its row. wraps: headings of many columns may take two lines."""
    head = [given[0] if given else html.Th(words, scope="col", className=style) for words, style, *given in heads]
    body = html.Tbody([_cells(row, heads) for row in rows])
    return html.Table([html.Caption(caption, className="visually-hidden"), html.Thead(html.Tr(head)), body],
                      className="list" + " roomy" * roomy + " wraps" * wraps, role="table")


def _cells(row: list, heads: list[tuple]) -> html.Tr:
    first, *others = row
    return html.Tr([html.Th(first, scope="row")] + [html.Td(cell, className=style, **{"data-label": label})
                                                    for cell, (label, style, *_) in zip(others, heads[1:], strict=True)])

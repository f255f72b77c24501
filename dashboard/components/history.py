"""What is known of a patient, by kind, newest first."""

from itertools import groupby

from dashboard.components.concepts import said
from dashboard.components.elements import html
from dashboard.components.spark import spark
from dashboard.components.words import day, number, unit

KINDS = (("visit", "Visits"), ("stay", "Hospital stays"), ("drug", "Drugs"), ("immunization", "Immunizations"), ("condition", "Conditions"),
         ("service", "Procedures and services"))
SHOWN = 6  # rows before the rest folds away


def history(rows: list) -> html.Div:
    """rows: of patient_history, newest first."""
    rows = [row._replace(title=said(row.title)) for row in rows]
    results = [row for row in rows if row.what == "result"]
    blocks = [(title, [row for row in rows if row.what == kind]) for kind, title in KINDS]
    return html.Div([_results(results), *[_block(title, kept) for title, kept in blocks if kept]], className="history")


def _block(title: str, rows: list) -> html.Section:
    rows = _once(rows) if title in ("Conditions", "Drugs") else _once_a_day(rows) if title == "Immunizations" else rows
    rest = [html.Details([html.Summary(f"{len(rows) - SHOWN:,} earlier"), _list(rows[SHOWN:])])] if len(rows) > SHOWN else []
    return html.Section([_heading(title, rows), _list(rows[:SHOWN]), *rest])


def _heading(title: str, rows: list) -> html.H3:
    return html.H3([title, html.Span(f" {len(rows):,}", className="quiet")])


def _once(rows: list) -> list:
    """Each condition or drug once, with its newest row: it comes again with every visit and fill."""
    newest = {row.title: row for row in reversed(rows)}
    return sorted(newest.values(), key=lambda row: row.on_date, reverse=True)


def _once_a_day(rows: list) -> list:
    """A dose once, that the claim and the record both tell."""
    return list({(row.on_date, row.title): row for row in rows}.values())


def _list(rows: list) -> html.Ul:
    return html.Ul([html.Li([html.Span(day(row.on_date), className="when"),
                             html.Span([row.title, html.Span(_more(row), className="quiet")])], title=_source(row)) for row in rows],
                   className="facts")


def _more(row) -> str:
    if row.what == "stay":
        return f", left {day(row.end_date)}" if row.end_date else ", still in"
    if row.what == "drug":
        return f", {number(row.value)} days" + (f", lasts to {day(row.end_date)}" if row.end_date else "") if row.value else ""
    return f", {number(row.value)} {unit(row.unit)}".rstrip() if row.value is not None else ""


def _source(row) -> str:
    return f"{row.data_source}, {row.file_name} row {row.row_number:,}" if row.file_name else ""


def _results(rows: list) -> html.Section | None:
    """One line a test: the latest value, a small trend, the values before."""
    if not rows:
        return None
    tests = [list(group) for _, group in groupby(sorted(rows, key=_place), key=lambda row: row.title)]
    tests.sort(key=lambda test: test[0].on_date, reverse=True)
    titles = [html.Th(word, scope="col") for word in ("Test", "Latest", "Trend")]
    head = html.Thead(html.Tr([*titles, html.Th("Before", scope="col", className="before")]))
    table = html.Table([head, html.Tbody([_test(test) for test in tests])], className="plain")
    region = html.Div(table, className="scroll", tabIndex="0", role="region", **{"aria-label": "Labs and readings"})
    return html.Section([_heading("Labs and readings", tests), region])


def _place(row) -> str:
    """By name; of a blood pressure the systolic one first, as it is read."""
    return row.title.replace("Diastolic", "Systolic, diastolic")


def _test(test: list) -> html.Tr:
    last = test[0]
    before = ", ".join(f"{number(row.value)} ({day(row.on_date)})" for row in test[1:3])
    latest = [html.Strong(number(last.value)), f" {unit(last.unit)} ", html.Span(day(last.on_date), className="quiet")]
    return html.Tr([
        html.Th(last.title, scope="row"),
        html.Td(latest, title=_source(last), className="latest"),
        html.Td(spark([(row.on_date, row.value) for row in reversed(test)], last.title) if len(test) > 2 else ""),
        html.Td(before, className="quiet before"),
    ])

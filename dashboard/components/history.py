"""What is known of a patient, by kind, newest first."""

from itertools import groupby

from dash import html

from dashboard.components.spark import spark
from dashboard.components.words import day, number

KINDS = (("visit", "Visits"), ("stay", "Hospital stays"), ("result", "Labs and readings"), ("drug", "Drugs"),
         ("immunization", "Immunizations"), ("condition", "Conditions"), ("service", "Procedures and services"))
SHOWN = 8  # rows before the rest folds away


def history(rows: list) -> html.Div:
    """rows: of patient_history."""
    blocks = [(title, [row for row in rows if row.what == kind]) for kind, title in KINDS]
    return html.Div([_block(title, kept) for title, kept in blocks if kept] or html.P("No history yet."), className="history")


def _block(title: str, rows: list) -> html.Section:
    heading = html.H3([title, html.Span(f" {len(rows):,}", className="quiet")])
    if title == "Labs and readings":
        return html.Section([heading, _results(rows)], className="card-plain")
    rest = [html.Details([html.Summary(f"{len(rows) - SHOWN:,} earlier"), _list(rows[SHOWN:])])] if len(rows) > SHOWN else []
    return html.Section([heading, _list(rows[:SHOWN]), *rest], className="card-plain")


def _list(rows: list) -> html.Ul:
    return html.Ul([html.Li([html.Span(day(row.on_date), className="when"),
                             html.Span([row.title, html.Span(_more(row), className="quiet")])], title=_source(row)) for row in rows],
                   className="facts")


def _more(row) -> str:
    if row.what == "stay":
        return f", left {day(row.end_date)}" if row.end_date else ", still in"
    if row.what == "drug":
        return f", {number(row.value)} days" if row.value else ""
    return f", {number(row.value)} {row.unit or ''}".rstrip() if row.value is not None else ""


def _source(row) -> str:
    return f"{row.data_source}, {row.file_name} row {row.row_number:,}" if row.file_name else ""


def _results(rows: list) -> html.Div:
    """One line a test: the latest value, a small trend, the values before."""
    by_title = sorted(rows, key=lambda row: row.title)
    tests = [list(group) for _, group in groupby(by_title, key=lambda row: row.title)]
    tests.sort(key=lambda test: test[0].on_date, reverse=True)
    titles = [html.Th(word, scope="col") for word in ("Test", "Latest", "Trend")]
    head = html.Thead(html.Tr([*titles, html.Th("Before", scope="col", className="before")]))
    return html.Div(html.Table([head, html.Tbody([_test(test) for test in tests])], className="plain"), className="scroll", tabIndex="0",
                    role="region", **{"aria-label": "Labs and readings"})


def _test(test: list) -> html.Tr:
    last, valued = test[0], [row for row in test if row.value is not None]
    before = ", ".join(f"{number(row.value)} ({day(row.on_date)})" for row in valued[1:4])
    latest = [html.Strong(number(last.value)), f" {last.unit or ''} ", html.Span(day(last.on_date), className="quiet")]
    return html.Tr([
        html.Th(last.title, scope="row"),
        html.Td(latest, title=_source(last)),
        html.Td(spark([(row.on_date, row.value) for row in reversed(valued)], last.title) if len(valued) > 2 else ""),
        html.Td(before, className="quiet before"),
    ])

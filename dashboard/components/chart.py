"""A chart on a page: its finding as a sentence, the figure, and the same numbers as a table."""


from dashboard.charts.style import CONFIG
from dashboard.components.elements import dcc, html
from dashboard.components.table import table


def chart(sentence: str, figure, headings: list[str], rows: list[list], *, identity: str | None = None, note: str = "", level=html.H3) -> html.Figure:
    """sentence: what the chart shows, as a finding; figure: of dashboard.charts; headings and rows: the table twin, first column names the row.

    identity: an id for callbacks that hear clicks on points; whatever a click does, a link in the table must do too.
    """
    given = {"id": identity} if identity else {}
    return html.Figure([
        html.Figcaption([level(sentence), html.P(note, className="quiet") if note else None]),
        html.Div(dcc.Graph(figure=figure, config=CONFIG, **given), role="img", **{"aria-label": f"Chart: {sentence}"}),
        html.Details([html.Summary("Show as table"), table(sentence, headings, rows)], className="twin"),
    ], className="chart")

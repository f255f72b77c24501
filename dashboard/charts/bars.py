"""Bars with intervals, for places and subgroups: name and n stand above each, and the bars of too few are left out."""

from dashboard.charts.style import INK, SOFT, axis, figure
from dashboard.statistics import enough, wilson

ROW = 50  # pixels of a bar with its name


def bars(rows: list[tuple[str, int, int]], mark: float | None = None) -> dict:
    """rows: (name, closed, denominator), first on top; `mark` is the rate of all, drawn as a line. Rows below the minimum must not be given."""
    rows = [row for row in rows if enough(row[2])][::-1]
    shares = [n / d for _, n, d in rows]
    spans = [wilson(n, d) for _, n, d in rows]
    bar = {"type": "bar", "orientation": "h", "x": shares, "y": [f"{name} ({d:,})" for name, _, d in rows],
           "marker": {"color": "#9fb3c8"}, "width": 0.4,
           "error_x": {"type": "data", "symmetric": False, "color": INK, "thickness": 1.5, "width": 4,
                       "array": [high - share for share, (_, high) in zip(shares, spans, strict=True)],
                       "arrayminus": [share - low for share, (low, _) in zip(shares, spans, strict=True)]},
           "hovertemplate": [f"{name}: {share:.0%}, likely {low:.0%} to {high:.0%}, {d:,} patients<extra></extra>"
                             for (name, _, d), share, (low, high) in zip(rows, shares, spans, strict=True)]}
    everybody = {"type": "line", "x0": mark, "x1": mark, "y0": 0, "y1": 1, "yref": "paper", "line": {"color": SOFT, "width": 1.5, "dash": "dot"}}
    # The names stand above the bars: beside them they would leave a phone no room for the bars themselves.
    names = [{"x": 0, "xref": "paper", "xanchor": "left", "y": name, "yshift": 18, "text": name, "showarrow": False,
              "bgcolor": "#fff", "borderpad": 0, "font": {"size": 13, "color": SOFT}} for name in bar["y"]]
    return figure([bar], 70 + ROW * max(1, len(rows)), xaxis=axis("Rate", range=[0, 1], tickformat=".0%"),
                  yaxis=axis(type="category", showticklabels=False, showgrid=False, range=[-0.5, len(rows) - 0.2]), annotations=names,
                  shapes=[] if mark is None else [everybody], margin={"l": 20, "r": 26, "t": 8, "b": 46})

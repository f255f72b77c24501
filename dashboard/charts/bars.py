"""Bars with intervals, for subgroups: the n stands beside each, and the bars of too few are left out."""

from dashboard.charts.style import INK, SOFT, axis, figure
from dashboard.statistics import enough, wilson


def bars(rows: list[tuple[str, int, int]], mark: float | None = None) -> dict:
    """rows: (name, closed, denominator), first on top; `mark` is the rate of all, drawn as a line. Rows below the minimum must not be given."""
    rows = [row for row in rows if enough(row[2])][::-1]
    shares = [n / d for _, n, d in rows]
    spans = [wilson(n, d) for _, n, d in rows]
    bar = {"type": "bar", "orientation": "h", "x": shares, "y": [f"{name} ({d:,})" for name, _, d in rows],
           "marker": {"color": "#9fb3c8"}, "width": 0.6,
           "error_x": {"type": "data", "symmetric": False, "color": INK, "thickness": 1.5, "width": 4,
                       "array": [high - share for share, (_, high) in zip(shares, spans, strict=True)],
                       "arrayminus": [share - low for share, (low, _) in zip(shares, spans, strict=True)]},
           "hovertemplate": [f"{name}: {share:.0%}, likely {low:.0%} to {high:.0%}, {d:,} patients<extra></extra>"
                             for (name, _, d), share, (low, high) in zip(rows, shares, spans, strict=True)]}
    everybody = {"type": "line", "x0": mark, "x1": mark, "y0": 0, "y1": 1, "yref": "paper", "line": {"color": SOFT, "width": 1.5, "dash": "dot"}}
    return figure([bar], 70 + 38 * max(1, len(rows)), xaxis=axis("Rate", range=[0, 1], tickformat=".0%"),
                  yaxis=axis(type="category"), shapes=[] if mark is None else [everybody], margin={"l": 150, "r": 16, "t": 8, "b": 46})

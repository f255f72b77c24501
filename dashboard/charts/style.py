"""What all figures share: type, ink, quiet grids, axes in per cent."""

INK, SOFT, LINE, BLUE, WASH, AMBER = "#1f2933", "#52606d", "#d5dde4", "#0b4f8a", "#e6edf3", "#8a4b00"
FONT = {"family": "system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif", "size": 13, "color": INK}
CONFIG = {"displayModeBar": False, "responsive": True, "scrollZoom": False}


def figure(data: list, height: int = 340, **layout) -> dict:
    """A figure with the house's layout; `layout` adds to it."""
    return {"data": data, "layout": {
        "font": FONT, "height": height, "margin": {"l": 52, "r": 16, "t": 12, "b": 48}, "paper_bgcolor": "#fff", "plot_bgcolor": "#fff",
        "showlegend": False, "hovermode": "closest", "dragmode": False, **layout}}


def axis(title: str = "", **more) -> dict:
    """A quiet axis with its title."""
    return {"title": {"text": title, "font": {"size": 13, "color": SOFT}}, "gridcolor": LINE, "linecolor": LINE, "zeroline": False,
            "fixedrange": True, "tickfont": {"color": SOFT}, "automargin": True, **more}


def per_cent_axis(title: str, low: float, high: float) -> dict:
    """An axis of fractions shown in per cent, with a little air."""
    air = max(0.02, (high - low) * 0.06)
    return axis(title, range=[max(0, low - air), min(1.02, high + air)], tickformat=".0%", rangemode="tozero")


def line(xs, ys, colour: str = SOFT, dash: str = "solid", width: float = 1.5, name: str = "", **more) -> dict:
    """A line without marks and without a hover of its own."""
    return {"type": "scatter", "mode": "lines", "x": list(xs), "y": list(ys), "name": name, "hoverinfo": "skip",
            "line": {"color": colour, "width": width, "dash": dash}, **more}

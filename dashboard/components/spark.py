"""A small trend line as an image that says in words what it shows."""

from base64 import b64encode

from dashboard.components.elements import html
from dashboard.components.words import day, number

WIDTH, HEIGHT, EDGE = 96, 24, 3


def spark(points: list[tuple], name: str) -> html.Img:
    """points: (date, value), oldest first, at least two."""
    (first_day, first), (last_day, last) = points[0], points[-1]
    words = f"{name}: {number(first)} on {day(first_day)}, {number(last)} on {day(last_day)}, {len(points)} values"
    source = f"data:image/svg+xml;base64,{b64encode(_svg(points).encode()).decode()}"
    return html.Img(src=source, alt=words, title=words, width=WIDTH, height=HEIGHT)


def _svg(points: list[tuple]) -> str:
    days = [(on_date - points[0][0]).days for on_date, _ in points]
    values = [value for _, value in points]
    low, high = min(values), max(values)
    at = [(EDGE + (WIDTH - 2 * EDGE) * d / (days[-1] or 1), HEIGHT - EDGE - (HEIGHT - 2 * EDGE) * (v - low) / ((high - low) or 1))
          for d, v in zip(days, values, strict=True)]
    line = " ".join(f"{x:.1f},{y:.1f}" for x, y in at)
    last_x, last_y = at[-1]
    return (f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}">'
            f'<polyline points="{line}" fill="none" stroke="#52606d" stroke-width="1.5"/>'
            f'<circle cx="{last_x:.1f}" cy="{last_y:.1f}" r="2.5" fill="#1f2933"/></svg>')

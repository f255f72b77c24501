"""The funnel: practices by number of patients and rate, within the limits of chance."""

from dashboard.charts.style import BLUE, FONT, INK, SOFT, axis, figure, line, per_cent_axis
from dashboard.statistics import FENCES, enough, funnel_limit, funnel_limits, place_in_funnel

STEPS = 60
NAMES = {"95": "95 %", "99.8": "99.8 %"}


def funnel(rows: list[tuple[str, int, int]], link_ids: list[str] | None = None, centre: float | None = None) -> dict:
    """rows: (name, closed or counted, denominator) per practice; centre: the rate of all of them unless given.

    Practices below the minimum are grey rings and belong to no comparison; those outside a limit bear their name.
    """
    large = [row for row in rows if enough(row[2])]
    centre = centre if centre is not None else sum(n for _, n, _ in large) / max(1, sum(d for _, _, d in large))
    top = max([d for _, _, d in rows] + [60]) * 1.08
    sizes = sorted({max(5, round(top * step / STEPS)) for step in range(1, STEPS + 1)})
    shares, edge = [n / d for _, n, d in rows], funnel_limits(centre, sizes[-1])["99.8"]
    return figure([*_fences(centre, sizes), line([sizes[0], sizes[-1]], [centre, centre], INK, name="all"), *_points(rows, centre, link_ids or [])],
                  xaxis=axis("Patients counted", range=[0, top], tickformat=",d"),
                  yaxis=per_cent_axis("Rate", min([*shares, *edge]), max([*shares, *edge])),
                  annotations=_fence_names(centre, sizes[-1]), margin={"l": 52, "r": 56, "t": 12, "b": 48})


def _fences(centre: float, sizes: list[int]) -> list[dict]:
    dashes = {"95": "dot", "99.8": "dash"}
    if not 0 < centre < 1:
        return []  # where all or none are closed there is no chance to speak of
    return [line(sizes, [funnel_limit(centre, size, probability) for size in sizes], SOFT, dashes[name], 1.2, NAMES[name])
            for name, pair in FENCES.items() for probability in pair]


def _fence_names(centre: float, size: int) -> list[dict]:
    if not 0 < centre < 1:
        return []
    return [{"x": 1, "xref": "paper", "xanchor": "left", "y": funnel_limit(centre, size, pair[1]), "text": NAMES[name], "showarrow": False,
             "font": {**FONT, "size": 11, "color": SOFT}} for name, pair in FENCES.items()]


def _points(rows, centre: float, ids: list[str]) -> list[dict]:
    """One trace for what is alike: small, inside, outside."""
    ids = ids or [name for name, *_ in rows]
    kinds = {"small": [], "inside": [], "outside": []}
    for row, key in zip(rows, ids, strict=True):
        where = place_in_funnel(row[1], row[2], centre) if enough(row[2]) else "small"
        kinds["outside" if where not in ("small", "inside") else where].append((row, key))
    looks = {"small": {"color": "#fff", "size": 9, "line": {"color": "#9aa5b1", "width": 1.5}}, "inside": {"color": SOFT, "size": 9},
             "outside": {"color": BLUE, "size": 13, "symbol": "diamond"}}
    return [_trace(found, looks[kind], kind) for kind, found in kinds.items() if found]


def _trace(found, marker: dict, kind: str) -> dict:
    rows = [row for row, _ in found]
    told = ["too few to compare" if kind == "small" else f"{n / d:.0%} of {d:,}" for _, n, d in rows]
    return {"type": "scatter", "mode": "markers+text" if kind == "outside" else "markers", "marker": marker,
            "x": [d for *_, d in rows], "y": [n / d for _, n, d in rows], "customdata": [key for _, key in found],
            "text": [name for name, *_ in rows], "textposition": "top center", "textfont": {**FONT, "size": 12},
            "hovertemplate": [f"{name}<br>{words}<extra></extra>" for (name, *_), words in zip(rows, told, strict=True)],
            "cliponaxis": False}

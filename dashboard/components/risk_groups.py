"""What the practices of a group come to together on the risk screen."""

from types import SimpleNamespace


def groups(rows: list) -> list:
    """A row for each group of several practices: what its practices come to together."""
    together: dict = {}
    for row in rows:
        together.setdefault((row.group_id, row.group_name), []).append(row)
    return [_whole(name, same) for (_, name), same in together.items() if len(same) > 1]


def _whole(name: str | None, same: list) -> SimpleNamespace:
    twice = sum(row.twice for row in same)
    scored = [row for row in same if row.twice]
    means = {of: sum(getattr(row, of) * row.twice for row in scored) / twice if twice and all(getattr(row, of) is not None for row in scored)
             else None for of in ("now", "before", "before_v24")}
    sums = {of: sum(getattr(row, of) for row in same) for of in ("people", "scored", "kept", "missing", "confirm", "consider", "remove", "high_risk")}
    return SimpleNamespace(group_id=same[0].group_id, practice_id=None, practice_name=f"All of {name or 'these practices'}", twice=twice,
                           confirm_people=0, consider_people=0, remove_people=0, **means, **sums)

"""Synthetic people: an extract of contract tables as parquet, from hash(seed, id) alone.

What people are like is data (data/reference/generate/*.csv); how it becomes rows is SQL (queries/generate/). No Python loops over people.
"""

from dashboard.generate.writer import Extract, generate

__all__ = ["Extract", "generate"]

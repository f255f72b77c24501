"""Live: what lands is taken in and published by computing only the people it touches.

`refresh` is one pass over the inbox; `watch` does it as files land; `fold` makes one base of a base and its overlay.
"""

from dashboard.live.refresh import refresh
from dashboard.live.watch import watch

__all__ = ["refresh", "watch"]

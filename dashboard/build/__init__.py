"""The build driver: extract -> valid -> coded -> evidence -> result -> mart -> check, then publish.

`build` makes and publishes a version; `run_layers` runs layers on a connection of the caller (evaluate, tests).
"""

from dashboard.build.driver import build
from dashboard.build.layers import run_layers

__all__ = ["build", "run_layers"]

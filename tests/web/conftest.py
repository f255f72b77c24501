"""Fixtures of the web tests: those of visits.py, which tests import from as well (a module called conftest stands in several folders)."""

from visits import *  # noqa: F403

"""The one place that decides who may see what: roles, rules, scopes, sign-in, tokens, audit log."""

from dashboard.access.viewer import Viewer, current_viewer

__all__ = ["Viewer", "current_viewer"]

"""The screens, in menu order."""

from pages import panel, patient, audit  # noqa: F401, I001 - the order is the menu's

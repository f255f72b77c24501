"""The screens, in menu order."""

from pages import today, panel, patient, course, practices, practice, compare, measure, measure_people, data_health, audit  # noqa: F401, I001 - the order is the menu's

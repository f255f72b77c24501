"""The screens, in menu order."""

from pages import today, panel, patient, my_numbers, course, practices, practice, compare, measure, measure_people, data_health, users, audit, account  # noqa: F401, I001 - the order is the menu's

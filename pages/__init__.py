"""The screens, in menu order."""

from pages import today, panel, cohorts, patient, my_numbers, course, practices, practice, packet, session, compare, risk, measure  # noqa: F401, I001 - the order is the menu's
from pages import measure_people, data_health, users, audit, account, prediction  # noqa: F401
from pages import what_if, board_pack, reconcile, disagreements  # noqa: F401

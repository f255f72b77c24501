"""The boxes "prepped" of Today: what an assistant made ready for a visit, for physician and assistant alike."""

from dashboard.access import rules
from dashboard.access.selection import address, current_selection
from dashboard.access.tokens import token_of
from dashboard.components.as_of import moment_in_words
from dashboard.components.elements import dbc, html
from dashboard.house import house
from dashboard.web.form import form
from dashboard.worklog import prepared
from dashboard.worklog.chosen import moment_shown


class Boxes:
    """What is ready for the visits of a day."""

    def __init__(self, viewer, day, people: set[int]):
        self.viewer, self.day = viewer, day
        self.known = prepared.of_day(house().store, day, people, moment_shown(viewer))

    def ready(self, action) -> str:
        """Who made an action ready: 'prepped by J. Ruiz, today 08:10'; '' for nobody."""
        found = self.known.get((action.person, action.measure_id))
        return f"prepped by {found.by}, {moment_in_words(found.at)}" if found else ""

    def box(self, action):
        """The box of an action, which live.js sends as it is ticked; None where nothing can be changed."""
        if current_selection().as_of or not rules.may_write(self.viewer.role, "prepared"):
            return None
        token = token_of(house().key, self.viewer.user_id, action.person)
        return dbc.Checkbox(id=f"today-prepared-{token}-{action.measure_id}", label="prepped", class_name="prepared-box",
                            value=(action.person, action.measure_id) in self.known)

    def sender(self):
        """What the boxes are sent with."""
        if current_selection().as_of:
            return None
        sent = form(address("/today/prepared"), [], "today-prepared-form", [], {"day": str(self.day)})
        return html.Div(sent, hidden=True)

"""Who is looking: the signed-in user with the scopes that stand today."""

from dataclasses import dataclass
from datetime import date

from flask import abort
from flask_login import UserMixin, current_user

from dashboard.access import rules
from dashboard.state.models import User, utc_now


@dataclass(frozen=True)
class Viewer(UserMixin):
    """A user as pages and queries see one. `scopes` are (kind, value) pairs that stand on the day of the request: none while the training is
    `lapsed`, so that nobody's data shows."""
    user_id: int
    username: str
    display_name: str
    role: str
    scopes: tuple[tuple[str, str], ...] = ()
    secret: str = ""
    training_until: date | None = None
    lapsed: bool = False

    def get_id(self) -> str:
        """What flask-login keeps in the cookie: the secret of this sign-in, not the user's id."""
        return self.secret

    def may_open(self, page: str) -> bool:
        """Whether this viewer's role may open a page."""
        return rules.may_open(self.role, page)


def viewer_of(user: User, secret: str = "", today: date | None = None) -> Viewer:
    """The viewer that a user is today."""
    return viewer_of_row(user, user.scopes, secret, today or utc_now().date())


def viewer_of_row(user, scopes: list, secret: str, today: date) -> Viewer:
    """The viewer of a row with the columns of a user, and of rows with those of its scopes."""
    lapsed = user.training_until is not None and user.training_until < today
    standing = () if lapsed else tuple((scope.kind, scope.value) for scope in scopes if _stands(scope, today))
    return Viewer(user.id, user.username, user.display_name, user.role, standing, secret, user.training_until, lapsed)


def _stands(scope, today: date) -> bool:
    return scope.start_date <= today and (scope.end_date is None or today <= scope.end_date)


def current_viewer(page: str | None = None) -> Viewer:
    """The signed-in viewer; 401 when nobody is, 403 when the viewer's role may not open the page."""
    if not current_user.is_authenticated:
        abort(401)
    if page is not None and not current_user.may_open(page):
        abort(403)
    return current_user._get_current_object()

"""Homes in which a test module says things, and who says them: what is said stays, so no other module's home is touched."""

import functools
import shutil

import house
from visits import add_users

from dashboard.access import accounts
from dashboard.access.tokens import token_of
from dashboard.access.viewer import viewer_of
from dashboard.state import open_store
from dashboard.web.app import make_app


def own_home(tmp_path_factory):
    """A busy house with its users."""
    home = tmp_path_factory.mktemp("said")
    house.publish_house(home)
    add_users(home)
    return home


def served_copy(home, folder):
    """An application over a copy of a home: each test answers for itself."""
    shutil.copytree(home, folder / "home")
    return make_app(folder / "home")


def store_of(server):
    return server.extensions["huddleboard"].store


def viewer_in(store, username):
    return viewer_of(next(user for user in accounts.all_users(store) if user.username == username))


@functools.cache
def viewer_at(home, username):
    """The same of a home whose accounts no test changes."""
    return viewer_in(open_store(home), username)


def viewer(server, username):
    return viewer_in(store_of(server), username)


def token(server, username, person):
    return token_of(server.extensions["huddleboard"].key, viewer(server, username).user_id, person)

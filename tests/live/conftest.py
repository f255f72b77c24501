"""Homes that tests of passes begin with."""

import landed
import pytest

from dashboard.live.refresh import refresh


@pytest.fixture(scope="session")
def sent(tmp_path_factory):
    return landed.extract(tmp_path_factory.mktemp("extract"))


@pytest.fixture(scope="session")
def first(sent, tmp_path_factory):
    """A home with the first extract, built."""
    home = tmp_path_factory.mktemp("first") / "home"
    landed.take_in(sent, home)
    assert refresh(home, landed.AS_OF, landed.MEASURES).how == "build"
    return home

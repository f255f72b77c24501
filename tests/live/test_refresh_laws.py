"""Laws of a refresh: it says what a full build of the same files says, row for row, and the order in which files came does not matter."""

import hashlib
import shutil

import landed
import pytest

from dashboard.live.refresh import refresh

pytestmark = pytest.mark.long


@pytest.fixture(scope="module")
def sent(tmp_path_factory):
    return landed.extract(tmp_path_factory.mktemp("extract"))


@pytest.fixture(scope="module")
def first(sent, tmp_path_factory):
    """A home with the first extract, built."""
    home = tmp_path_factory.mktemp("first") / "home"
    landed.take_in(sent, home)
    assert refresh(home, landed.AS_OF, landed.MEASURES).how == "build"
    return home


def order_of(seed: int) -> list[str]:
    """The deliveries in an order by chance; the merge always, and sequence 1 anew after sequence 1."""
    names = sorted(landed.DELIVERIES, key=lambda name: hashlib.sha256(f"{seed} {name}".encode()).digest())
    names.remove("claims 1 anew")
    return [*names[:names.index("claims 1") + 1], "claims 1 anew", *names[names.index("claims 1") + 1:]]


@pytest.fixture(scope="module")
def ended(sent, first, tmp_path_factory):
    """Two homes where the same files came in other orders, with what each refresh of them differed in from a full build."""
    ends = []
    for seed in (1, 2):
        folder = tmp_path_factory.mktemp(f"order{seed}")
        home = shutil.copytree(first, folder / "home")
        hows, wrong = [], {}
        for place, name in enumerate(order_of(seed)):
            landed.take_in(landed.land(sent, folder, name), home)
            if place % 3 == seed:  # a pass now and then, not after each
                hows.append(refresh(home, landed.AS_OF, landed.MEASURES).how)
            if place % 3 == seed and 3 < place < 6:
                wrong |= {(place, relation): rows for relation, rows in landed.differences(home).items()}
        hows.append(refresh(home, landed.AS_OF, landed.MEASURES).how)
        wrong |= landed.differences(home)
        ends.append((home, folder, hows, wrong))
    return ends


def test_a_refresh_says_what_a_full_build_says(ended):
    assert [wrong for *_, wrong in ended] == [{}, {}]
    assert all(hows.count("overlay") >= 3 for _, _, hows, _ in ended), "most passes computed a few people only"


def test_the_order_of_deliveries_does_not_matter(ended):
    (one, *_), (other, *_) = ended
    assert landed.results(one) == landed.results(other) != []


def test_a_merge_that_is_taken_back_leaves_what_was_before(sent, ended):
    home, folder, *_ = ended[0]
    landed.take_in(landed.land(sent, folder, "unmerge", landed.UNMERGE), home)
    assert refresh(home, landed.AS_OF, landed.MEASURES).how == "overlay"
    assert landed.differences(home) == {}


def test_nothing_new_publishes_nothing(first):
    assert refresh(first, landed.AS_OF, landed.MEASURES).how == "nothing"


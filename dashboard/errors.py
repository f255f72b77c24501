"""Errors that a user can act on: where, what was found, what would do."""


class HuddleboardError(Exception):
    """Base of everything that is said to the user as it stands, without a traceback."""


class Fault(HuddleboardError):
    """Something that the user can put right.

    place: file, line, row or option; found: what is there; cure: what would do.
    None of the three may hold a person's name, id or free text of a record.
    """

    def __init__(self, place: str, found: str, cure: str = ""):
        super().__init__(place, found, cure)
        self.place, self.found, self.cure = str(place), found, cure

    def __str__(self) -> str:
        return f"{self.place}: {self.found}" + (f" {self.cure}" if self.cure else "")


class Busy(Fault):
    """Another process holds what this one needs."""


class CheckFailed(Fault):
    """A build whose numbers contradict themselves: it is not published."""


class NotKept(Fault):
    """No version of a past day is on disk any more, or there never was one. nearest: the days before and after it that are;
    version: which of the day's versions was asked for."""

    def __init__(self, day, nearest: list, version: str | None = None):
        super().__init__(f"{day}", "nothing is kept of this day.", f"Kept nearest: {', '.join(map(str, nearest)) or 'none'}.")
        self.day, self.nearest, self.version = day, nearest, version


class NotPublished(Fault):
    """No build has been published in this home directory yet."""

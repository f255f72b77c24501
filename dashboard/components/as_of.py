"""The as-of chip: what moment a number stands for, and which feed is late by its own habit."""

from datetime import UTC, datetime

from dashboard.components.elements import html
from dashboard.components.words import count, day

LATE_NAMED = 2


def as_of_chip(release, feeds: list, days: list = ()) -> html.Details:
    """release: row of the page query of that name; feeds: rows of feeds; days: the choice of a past day.

    Opened, it says when each source last sent something.

    as of today 06:10 - 3 of 4 feeds on time (Plan C late 9 d)
    """
    late = sorted((feed for feed in feeds if feed.late_days), key=lambda feed: -feed.late_days)
    return html.Details([
        html.Summary([html.Span(className=f"light {'warn' if late else 'good'}", **{"aria-hidden": "true"}),
                      html.Span([f"as of {moment_of(release)} · ", *_feeds_in_short(feeds, late)])]),
        html.Div([
            html.P(f"What happened up to {day(release.as_of)}, by the files that were here at {_local(release.published_at):%H:%M} "
                   f"on {day(_local(release.published_at))}."),
            html.Dl([part for feed in feeds for part in (html.Dt(feed.name), html.Dd(_feed(feed)))]),
            *days,
        ], className="menu"),
    ], className="as-of drop")


def moment_of(release) -> str:
    """today 06:10, or the day in full when the numbers are older."""
    published, today = _local(release.published_at), datetime.now().astimezone().date()
    named = "today" if release.as_of == today else day(release.as_of)
    return f"{named} {published:%H:%M}" if published.date() == release.as_of else named


def _local(moment: datetime) -> datetime:
    """Moments are kept in UTC and shown in the time zone of the server, which stands in the practice or is told so by TZ."""
    return moment.replace(tzinfo=UTC).astimezone()


def moment_in_words(moment: datetime) -> str:
    """A moment kept in UTC: today 08:20, or 12 Feb 2026 08:20."""
    local = _local(moment)
    return f"{'today' if is_today(moment) else day(local)} {local:%H:%M}"


def is_today(moment: datetime) -> bool:
    """Whether a moment kept in UTC is of this day."""
    return _local(moment).date() == datetime.now().astimezone().date()


def _feeds_in_short(feeds: list, late: list) -> list:
    if not late:
        return [f"{count(len(feeds), 'feed', 'feeds')} on time"] if feeds else ["no feeds yet"]
    named = ", ".join(f"{feed.name} late {feed.late_days:.0f} d" for feed in late[:LATE_NAMED])
    more = f" and {len(late) - LATE_NAMED} more" if len(late) > LATE_NAMED else ""
    return [f"{len(feeds) - len(late)} of {len(feeds)} feeds on time ", html.Span(f"({named}{more})", className="late")]


def late_words(feed) -> str:
    """Plan C claims are 9 days late (usual: every 31 days)."""
    return f"{feed.name} {'are' if feed.name.endswith('s') else 'is'} {feed.late_days:.0f} days late (usual: {_every(feed)})."


def late_in_words(feeds: list) -> str:
    """Late data: Plan C (9 days). Empty when all are on time."""
    late = [f"{feed.name} ({feed.late_days:.0f} days)" for feed in feeds if feed.late_days]
    return f"Late data: {', '.join(late)}" if late else ""


def _every(feed) -> str:
    return "every day" if round(feed.usual_days) <= 1 else f"every {feed.usual_days:.0f} days"


def _feed(feed) -> str:
    late = f", {feed.late_days:.0f} days late (usual: {_every(feed)})" if feed.late_days else ""
    return f"last file {day(feed.received_at)}{late}"

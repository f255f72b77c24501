"""huddleboard status: what is published, and what has arrived."""

import json

from dashboard.cli.options import add_home, home_of
from dashboard.errors import NotPublished


def add_parser(subparsers) -> None:
    parser = subparsers.add_parser("status", description="Say what is published here and what has arrived from whom.")
    add_home(parser)
    parser.add_argument("--json", action="store_true", help="as one JSON object: version, as_of, published_at, people, feeds")
    parser.set_defaults(handler=run)


def run(arguments) -> None:
    from dashboard.build.status import status
    found = status(home_of(arguments))
    print(json.dumps(found, indent=2) if arguments.json else _in_words(found))


def _in_words(found: dict) -> str:
    if found["version"] is None:
        lines = [str(NotPublished(found["home"], "nothing is published here yet.", "Run `huddleboard build`."))]
    else:
        lines = [f"version {found['version']}, as of {found['as_of']}, published {found['published_at']} (UTC): {found['people']:,} people",
                 f"  base {found['base']}" + (f", overlay of {found['overlay_people']:,} people" if found["overlay_people"] else ", no overlay"),
                 *(_risk(found["risk"]) if found["risk"] else [])]
    lines.append(f"  {found['waiting']} deliveries in the inbox, {found['held']} held for a missing one")
    return "\n".join(lines + [_feed(feed) for feed in found["feeds"]])


def _risk(risk: dict) -> list[str]:
    lines = [f"  risk tier: {sum(risk['tier'].values()):,} people" + "".join(f", {people:,} {tier}" for tier, people in risk["tier"].items())]
    lines += [f"    no tier for {people:,}: {reason}" for reason, people in risk["no_tier"].items()]
    lines += [f"  Medicare score ({tables}): {people:,} people" for tables, people in risk["score"].items()]
    lines += [f"    not scoreable: {people:,} because {reason}" for reason, people in risk["no_score"].items()]
    lines += [f"    no RxHCC score for {people:,} with Part D: {reason}" for reason, people in risk["no_rx_score"].items()]
    return lines + ([f"  risk took {risk['share_of_build']:.0%} of the seconds of that build's relations"] if risk["share_of_build"] else [])


def _feed(feed: dict) -> str:
    return (f"  {feed['data_source']:<24} {feed['deliveries']:>5} deliveries, {feed['files']:>6} files, {feed['rows']:>13,} rows, "
            f"last {feed['last_received']}")

"""huddleboard refresh: one pass over the inbox."""

import json

from dashboard.cli.options import a_date, add_home, home_of


def add_parser(subparsers) -> None:
    parser = subparsers.add_parser("refresh", description="Take in what lies in the inbox, compute the people whom it touches, publish.")
    add_home(parser)
    parser.add_argument("--as-of", type=a_date, metavar="DATE", help="last day of service that counts (default: today)")
    parser.add_argument("--json", action="store_true", help="as one JSON object: version, how, people, files, why, deliveries")
    parser.set_defaults(handler=run)


def run(arguments) -> None:
    from dashboard.build.progress import Progress, to_stderr
    from dashboard.live.refresh import refresh, said
    done = refresh(home_of(arguments), arguments.as_of, progress=Progress() if arguments.json else to_stderr())
    if arguments.json:
        print(json.dumps({"version": done.version, "how": done.how, "people": done.people, "files": done.files, "why": done.why,
                          "deliveries": [delivery.status for delivery in done.deliveries]}))
    else:
        print("\n".join([*(f"{delivery.data_source}: {delivery.status}" for delivery in done.deliveries), said(done)]))

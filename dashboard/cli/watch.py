"""huddleboard watch: refresh as files land."""

from dashboard import logs
from dashboard.cli.options import a_date, add_home, home_of


def add_parser(subparsers) -> None:
    parser = subparsers.add_parser("watch", description="Take in what lands in the inbox of the home directory, and publish it, until stopped.")
    add_home(parser)
    parser.add_argument("--as-of", type=a_date, metavar="DATE", help="last day of service that counts (default: today, whichever day that is)")
    parser.set_defaults(handler=run)


def run(arguments) -> None:
    from dashboard.live.watch import watch
    home = home_of(arguments)
    logs.write_json()
    logs.event("watching", inbox=str(home / "inbox"))
    watch(home, arguments.as_of, lambda line: logs.event("watch", said=line))

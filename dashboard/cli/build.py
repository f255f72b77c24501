"""huddleboard build: a full build, checked and published."""

from dashboard.cli.options import a_date, add_home, home_of


def add_parser(subparsers) -> None:
    parser = subparsers.add_parser("build", description="Compute every measure of every person from what was taken in, check and publish.")
    add_home(parser)
    parser.add_argument("--as-of", type=a_date, metavar="DATE", help="last day of service that counts (default: today)")
    parser.add_argument("--measures", nargs="+", metavar="ID", help="only these measures")
    parser.add_argument("--backfill", type=int, default=0, metavar="MONTHS",
                        help="first compute what would have been said at the end of each of the last MONTHS months, where history has it not yet")
    parser.set_defaults(handler=run)


def run(arguments) -> None:
    from dashboard.build import build
    from dashboard.build.progress import to_stderr
    print(build(home_of(arguments), arguments.as_of, arguments.measures, progress=to_stderr(), backfill=arguments.backfill))
